// A piece of memory that gRPC counts the users of.
//
// Ownership   Its bytes are shared by all copies that gRPC has made. The memory of a large one is
//             kept by the thread that drops the last of them, if that makes such slices too;
//             see large_blocks.h.
// Threads     A value.
#pragma once

#include <grpc/slice.h>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace ipc::internal {

// Frames that leave together are packed into so many bytes. A larger slice is one large message's.
inline constexpr size_t kBatchBytes = 64 << 10;

class Slice {
 public:
  Slice() : slice_(grpc_empty_slice()) {}
  // Takes over one use of `slice`.
  explicit Slice(grpc_slice slice) : slice_(slice) {}
  explicit Slice(size_t size)
      : slice_(size <= kBatchBytes ? grpc_slice_malloc(size) : LargeSlice(size)) {}
  Slice(Slice&& other) noexcept : slice_(std::exchange(other.slice_, grpc_empty_slice())) {}
  Slice& operator=(Slice&& other) noexcept {
    std::swap(slice_, other.slice_);
    return *this;
  }
  ~Slice() {
    if (size() > kBatchBytes) AnnounceLastUse();
    grpc_slice_unref(slice_);
  }

  // Where small, inside this object.
  uint8_t* data() { return GRPC_SLICE_START_PTR(slice_); }
  const uint8_t* data() const { return GRPC_SLICE_START_PTR(slice_); }
  size_t size() const { return GRPC_SLICE_LENGTH(slice_); }
  void Shorten(size_t size) { GRPC_SLICE_SET_LENGTH(slice_, size); }

  // For gRPC's functions.
  grpc_slice* get() { return &slice_; }

 private:
  static grpc_slice LargeSlice(size_t size);
  void AnnounceLastUse();

  grpc_slice slice_;
};

}  // namespace ipc::internal
