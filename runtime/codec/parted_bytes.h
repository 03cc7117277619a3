// An encoded message as it was received: in one piece, or, of a large one, without its largest run
// of bytes, which then lies apart, where its reader can have it without a copy.
//
//   around   | tag, 5, "title", tag, 1048576 | tag, 7 |
//   run                                      ^ 1048576 bytes belong here
//
// Who reads it knows what a message is, and gives it to Decode(). Who passes it on, or keeps it,
// uses CopyTo(). There is no way to the bytes that forgets the run.
//
// Ownership   Borrows all of it. The run is its reader's where is_yielded() says so, and is then
//             read once: a reader that is followed by others leaves it as it is.
// Threads     A value.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "runtime/value/value.h"

namespace ipc {

class PartedBytes {
 public:
  PartedBytes() = default;
  // Implicit, as Span is: bytes in one piece are what most messages are.
  template <typename Whole>
    requires(std::convertible_to<const Whole&, absl::Span<const uint8_t>>)
  PartedBytes(const Whole& whole) : around_(whole) {}
  // `run` belongs at `offset`, which is at most around.size().
  PartedBytes(absl::Span<const uint8_t> around, size_t offset, Bytes* run)
      : around_(around), run_(run), offset_(static_cast<uint32_t>(offset)) {}

  // Of all, with the run.
  size_t size() const { return around_.size() + (run_ == nullptr ? 0 : run_->size()); }
  bool is_whole() const { return run_ == nullptr; }

  absl::Span<const uint8_t> around() const { return around_; }
  size_t offset() const { return offset_; }
  Bytes* run() const { return run_; }  // null: it is whole

  // Whether the reader may have the run: there is no other one.
  bool is_yielded() const { return is_yielded_; }
  PartedBytes Yielded() const {
    PartedBytes yielded = *this;
    yielded.is_yielded_ = true;
    return yielded;
  }

  // room.size() == size()
  void CopyTo(absl::Span<uint8_t> room) const;
  std::vector<uint8_t> Joined() const;

 private:
  absl::Span<const uint8_t> around_;
  Bytes* run_ = nullptr;
  uint32_t offset_ = 0;  // frames are smaller than 4 GiB; and this is copied with every one
  bool is_yielded_ = false;
};

}  // namespace ipc
