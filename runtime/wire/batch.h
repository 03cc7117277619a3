// A wire.proto Batch: frames that travel together. Batches are joined by putting one's bytes
// behind the other's, so a frame is encoded as a batch of one, and frames that wait become one
// batch without a copy.
//
// Threads     Values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/payload.h"

namespace ipc {

// The size of a batch of one frame, for EncodeBatchedFrame()'s room.
size_t BatchedFrameSize(const FrameHeader& header, size_t payload_size);

// `room` is exactly as large as BatchedFrameSize() said for this frame.
void EncodeBatchedFrame(const FrameHeader& header, const PayloadWriter& payload,
                        absl::Span<uint8_t> room);

// Walks the frames of a batch, one at a time: a batch costs its bytes, however many frames it
// claims to hold.
//
// Ownership   Borrows the bytes; so do the frames it gives.
class BatchReader {
 public:
  explicit BatchReader(absl::Span<const uint8_t> batch) : rest_(batch) {}

  // The bytes of the next Frame message; none at the end. Errors: INVALID_ARGUMENT.
  absl::StatusOr<std::optional<absl::Span<const uint8_t>>> Next();

  bool is_at_end() const { return rest_.empty(); }

 private:
  absl::Span<const uint8_t> rest_;
};

}  // namespace ipc
