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

Inbound::Taken Inbound::Take(FrameBuffer& into, Frame& frame) {
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
    frame.bytes = {into.data(), partial_size_};
    if (!is_parted_) return Taken::kFrame;
    is_parted_ = false;
    frame.run = std::move(run_);
    frame.run_offset = run_offset_;
    return Taken::kFrame;
  }
  return Taken::kPieces;
}

Inbound::Taken Inbound::TakeWhole(FrameBuffer& into, Frame& frame) {
  const RingReader::Record& record = ring_.record();
  const size_t size = record.header.size;
  if (size > max_frame_bytes_) return Break("a frame over the limit");
  CopyOut(into.Fit(size), record.bytes, size);
  frame.bytes = {into.data(), size};
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
    partial_size_ = 0;
  } else if (left != partial_rest_) {
    return Break("a piece that does not fit its frame"), false;
  }
  if (is_parted_) {
    // Room for all of it was made when it began: nothing is moved, and nothing set to zero before.
    run_.insert(run_.end(), record.bytes, record.bytes + size);
    std::atomic_signal_fence(std::memory_order_seq_cst);
  } else {
    CopyOut(partial_.data() + partial_size_, record.bytes, size);
    partial_size_ += size;
  }
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
  if (around_size + head.run_size > max_frame_bytes_) return Break("a frame over the limit"), false;
  CopyOut(partial_.Fit(around_size), around, around_size);
  partial_size_ = around_size;
  partial_rest_ = head.run_size;
  run_offset_ = head.offset;
  is_parted_ = true;
  run_ = {};
  run_.reserve(head.run_size);
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
