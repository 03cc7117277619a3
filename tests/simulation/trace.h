// What happened in a run, line after line: its hash tells two runs apart, and a person may read it.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "absl/strings/str_cat.h"
#include "runtime/base/monotonic_time.h"

namespace ipc::simulation {

class Trace {
 public:
  // `out` may be null: then only the hash is kept.
  explicit Trace(std::ostream* out) : out_(out) {}

  template <typename... Words>
  void Note(MonotonicTime now, const Words&... words) {
    Add(now, absl::StrCat(words...));
  }

  uint64_t hash() const { return hash_; }

 private:
  void Add(MonotonicTime now, const std::string& line);

  std::ostream* out_;
  uint64_t hash_ = 14695981039346656037u;
};

}  // namespace ipc::simulation
