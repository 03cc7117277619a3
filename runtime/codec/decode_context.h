// What all readers of a peer's data share: the first problem and its path, and the limits on depth
// and memory. The base of WireReader and ValueReader.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/codec/decode_problem.h"
#include "runtime/codec/wire_format.h"

namespace ipc {

class DecodeContext {
 public:
  DecodeContext(const DecodeContext&) = delete;
  DecodeContext& operator=(const DecodeContext&) = delete;

  // Notes the problem; always false, for `return in.Fail(...)`. Reading ends then, and those who
  // called say where they were, innermost first.
  bool Fail(DecodeError error, std::string reason);
  void InField(std::string_view name);
  void InElement(size_t index);
  void InKey(std::string_view key);  // as it is to be shown: quoted, if text

  DecodeProblem TakeProblem() { return std::move(problem_); }

  // A message inside of a message; Leave() when Enter() was true.
  IPC_ALWAYS_INLINE bool Enter() { return --levels_left_ > 0 || FailTooDeep(); }
  IPC_ALWAYS_INLINE void Leave() { ++levels_left_; }

  // Memory that is about to be made.
  IPC_ALWAYS_INLINE bool Charge(size_t bytes) {
    if (bytes > bytes_left_) [[unlikely]]
      return FailTooLarge();
    bytes_left_ -= bytes;
    return true;
  }
  size_t bytes_left() const { return bytes_left_; }

 protected:
  DecodeContext(size_t max_depth, size_t max_bytes)
      : max_depth_(max_depth),
        max_bytes_(max_bytes),
        levels_left_(static_cast<ptrdiff_t>(max_depth)),
        bytes_left_(max_bytes) {}
  ~DecodeContext() = default;

 private:
  bool FailTooDeep();
  bool FailTooLarge();

  const size_t max_depth_;
  const size_t max_bytes_;
  ptrdiff_t levels_left_;
  size_t bytes_left_;
  DecodeProblem problem_;
};

}  // namespace ipc
