// Room for the bytes of one frame.
//
// Ownership   Its memory, which goes to the next frame that needs so much; see large_blocks.h.
// Threads     A value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "runtime/base/large_blocks.h"

namespace ipc::internal {

class FrameBuffer {
 public:
  FrameBuffer() = default;
  explicit FrameBuffer(size_t size) { Fit(size); }
  FrameBuffer(FrameBuffer&& other) noexcept : block_(std::exchange(other.block_, {})) {}
  FrameBuffer& operator=(FrameBuffer&& other) noexcept {
    if (this == &other) return *this;
    Drop();
    block_ = std::exchange(other.block_, {});
    return *this;
  }
  ~FrameBuffer() { Drop(); }

  // Room for `size` bytes. What was here before is lost.
  uint8_t* Fit(size_t size) {
    if (size > block_.size) {
      Drop();  // before the new one is there
      block_ = Take(size);
    }
    return block_.bytes.get();
  }

  uint8_t* data() const { return block_.bytes.get(); }
  size_t capacity() const { return block_.size; }

 private:
  static constexpr size_t kLeast = 1024;

  static LargeBlock Take(size_t size) {
    if (size >= kLeastLargeBlock) return TakeLargeBlock(size);
    const size_t capacity = std::max(size, kLeast);
    return {.bytes = std::make_unique_for_overwrite<uint8_t[]>(capacity), .size = capacity};
  }

  void Drop() {
    LargeBlock dropped = std::exchange(block_, {});
    if (dropped.size >= kLeastLargeBlock) GiveLargeBlock(std::move(dropped));
  }

  LargeBlock block_;
};

}  // namespace ipc::internal
