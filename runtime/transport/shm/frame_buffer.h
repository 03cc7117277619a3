// Room for the bytes of one frame, kept from one frame to the next.
//
// Threads     A value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace ipc::internal {

class FrameBuffer {
 public:
  FrameBuffer() = default;
  FrameBuffer(FrameBuffer&& other) noexcept
      : bytes_(std::move(other.bytes_)), capacity_(std::exchange(other.capacity_, 0)) {}
  FrameBuffer& operator=(FrameBuffer&& other) noexcept {
    bytes_ = std::move(other.bytes_);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  // Room for `size` bytes. What was here before is lost.
  uint8_t* Fit(size_t size) {
    if (size > capacity_) {
      capacity_ = size < kLeast ? kLeast : size;
      bytes_.reset();  // before the new one is there
      bytes_ = std::make_unique_for_overwrite<uint8_t[]>(capacity_);
    }
    return bytes_.get();
  }

  uint8_t* data() const { return bytes_.get(); }
  size_t capacity() const { return capacity_; }

 private:
  static constexpr size_t kLeast = 1024;

  std::unique_ptr<uint8_t[]> bytes_;
  size_t capacity_ = 0;
};

}  // namespace ipc::internal
