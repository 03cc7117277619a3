#include "runtime/transport/shm/inbound.h"

#include <atomic>
#include <cstring>
#include <utility>

namespace ipc::internal {
namespace {

// The peer may go on writing: from here on the compiler must use the copy.
void CopyOut(void* to, const uint8_t* bytes, size_t size) {
  std::memcpy(to, bytes, size);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace

Inbound::Taken Inbound::Take(FrameBuffer& into, absl::Span<const uint8_t>& frame) {
  size_t copied = 0;
  while (copied < kBytesPerTake) {
    switch (ring_.Peek()) {
      case RingReader::Look::kNothing:
        return copied == 0 ? Taken::kNothing : Taken::kPieces;
      case RingReader::Look::kBroken:
        return Break("a cursor or a size that cannot be");
      case RingReader::Look::kRecord:
        break;
    }
    const RecordHeader header = ring_.record().header;
    const bool is_whole = header.rest == kAside || (header.rest == 0 && partial_rest_ == 0);
    if (is_whole) return TakeWhole(into, frame);
    if (!AddPiece()) return Taken::kBroken;
    copied += header.size;
    if (partial_rest_ > 0) continue;
    into = std::move(partial_);
    frame = {into.data(), partial_size_};
    return Taken::kFrame;
  }
  return Taken::kPieces;
}

Inbound::Taken Inbound::TakeWhole(FrameBuffer& into, absl::Span<const uint8_t>& frame) {
  const RingReader::Record& record = ring_.record();
  const size_t size = record.header.size;
  if (size > max_frame_bytes_) return Break("a frame over the limit");
  CopyOut(into.Fit(size), record.bytes, size);
  frame = {into.data(), size};
  ring_.Advance();
  return Taken::kFrame;
}

bool Inbound::AddPiece() {
  const RingReader::Record& record = ring_.record();
  if (record.header.rest == kParted) return AddHead();
  const size_t size = record.header.size;
  const size_t left = size + record.header.rest;
  if (partial_rest_ == 0) {
    if (left > max_frame_bytes_) return Break("a frame over the limit"), false;
    partial_.Fit(left);
    partial_size_ = left;
    partial_at_ = 0;
  } else if (left != partial_rest_) {
    return Break("a piece that does not fit its frame"), false;
  }
  CopyOut(partial_.data() + partial_at_, record.bytes, size);
  partial_at_ += size;
  partial_rest_ = record.header.rest;
  ring_.Advance();
  return true;
}

bool Inbound::AddHead() {
  const RingReader::Record& record = ring_.record();
  if (partial_rest_ != 0) return Break("a piece that does not fit its frame"), false;
  PartedHead head;
  if (record.header.size <= sizeof head) return Break("a parted frame without a frame"), false;
  CopyOut(&head, record.bytes, sizeof head);
  const uint8_t* const around = record.bytes + sizeof head;
  const size_t around_size = record.header.size - sizeof head;
  if (head.offset > around_size || head.run_size < kLeastRun || head.run_size <= around_size) {
    return Break("a parted frame that cannot be"), false;
  }
  partial_size_ = around_size + head.run_size;
  if (partial_size_ > max_frame_bytes_) return Break("a frame over the limit"), false;
  uint8_t* const frame = partial_.Fit(partial_size_);
  CopyOut(frame, around, head.offset);
  CopyOut(frame + head.offset + head.run_size, around + head.offset, around_size - head.offset);
  partial_at_ = head.offset;
  partial_rest_ = head.run_size;
  ring_.Advance();
  return true;
}

bool Inbound::TakeMadeRoom() {
  if (ring_.read() - told_until_ < LargestRecord(ring_.ring_bytes())) return false;
  told_until_ = ring_.read();
  ring_.Settle();
  return true;
}

Inbound::Taken Inbound::Break(std::string_view problem) {
  problem_ = problem;
  return Taken::kBroken;
}

}  // namespace ipc::internal
