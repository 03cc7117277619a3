// Counts what renderers are refused, and says which refusal is worth a line of the log: one
// renderer's as its own count doubles. Who tries again and again neither fills the log nor keeps
// others out of it.
//
// Threads     One sequence.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "runtime/base/ids.h"

namespace ipc {

class Refusals {
 public:
  // One more of `who`: how many it has had, when that is to be logged.
  std::optional<uint64_t> Note(WebContentsId who);
  // It exists no longer.
  void Forget(WebContentsId who) { counts_.erase(who); }

  uint64_t total() const { return total_; }

 private:
  absl::flat_hash_map<WebContentsId, uint64_t> counts_;
  uint64_t total_ = 0;
};

}  // namespace ipc
