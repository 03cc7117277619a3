#include "runtime/transport/shm/outbound.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/types/span.h"
#include "runtime/base/check.h"

namespace ipc::internal {
namespace {

bool IsCall(FrameKind kind) { return kind == FrameKind::kInvoke || kind == FrameKind::kSync; }

void Encode(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size,
            absl::Span<uint8_t> room) {
  payload.WriteTo(room.last(payload_size));
  room.remove_suffix(payload_size);
  EncodeHeader(header, payload_size, room);
}

}  // namespace

Outbound::Sent Outbound::Send(const FrameHeader& header, const PayloadWriter& payload,
                              size_t payload_size) {
  const size_t frame_size = EncodedHeaderSize(header, payload_size) + payload_size;
  IPC_CHECK(frame_size < kAside, "a frame of 4 GiB");
  const auto size = static_cast<uint32_t>(frame_size);
  if (is_empty() && WriteStraight(header, payload, payload_size, size, 0)) return Sent::kWritten;

  const bool overtakes = !queue_.empty() && MayOvertake(header);
  if (overtakes && asides_.empty() && WriteStraight(header, payload, payload_size, size, kAside)) {
    return Sent::kWritten;
  }
  const OutboundQuota::Lane lane = OutboundQuota::LaneOf(header, size);
  if (!quota_.TryCharge(lane, size)) {
    full_lane_ = lane;
    return Sent::kRefused;
  }
  Waiting frame{.bytes = FrameBuffer(size),
                .size = size,
                .sent = 0,
                .lane = lane,
                .call_id = IsCall(header.kind) ? header.call_id : CallId()};
  Encode(header, payload, payload_size, {frame.bytes.data(), size});
  if (IsCall(header.kind)) waiting_calls_.insert(header.call_id);
  (overtakes ? asides_ : queue_).push_back(std::move(frame));
  return Pump() ? Sent::kWritten : Sent::kQueued;
}

bool Outbound::MayOvertake(const FrameHeader& header) const {
  switch (header.kind) {
    case FrameKind::kPing:
    case FrameKind::kPong:
      return true;
    case FrameKind::kCancel:
      return !waiting_calls_.contains(header.call_id);
    default:
      return false;
  }
}

bool Outbound::WriteStraight(const FrameHeader& header, const PayloadWriter& payload,
                             size_t payload_size, uint32_t size, uint32_t rest) {
  if (size > largest()) return false;
  uint8_t* const room = ring_.Reserve(size);
  if (room == nullptr) return false;
  Encode(header, payload, payload_size, {room, size});
  ring_.Commit(size, rest);
  return true;
}

bool Outbound::Pump() {
  bool has_moved = false;
  while (PumpAside() || PumpPiece()) has_moved = true;
  return has_moved;
}

bool Outbound::CanPump() {
  const auto fits = [this](const Waiting& frame, uint32_t most) {
    return ring_.HasRoom(RecordRoom(std::min(frame.size - frame.sent, most)));
  };
  if (!asides_.empty()) return fits(asides_.front(), largest());
  return !queue_.empty() && fits(queue_.front(), largest());
}

bool Outbound::PumpAside() {
  if (asides_.empty()) return false;
  const Waiting& frame = asides_.front();
  uint8_t* const room = ring_.Reserve(frame.size);
  if (room == nullptr) return false;
  std::memcpy(room, frame.bytes.data(), frame.size);
  // Between the pieces of another frame, or where that would have been.
  ring_.Commit(frame.size, kAside);
  Release(frame);
  asides_.pop_front();
  return true;
}

bool Outbound::PumpPiece() {
  if (queue_.empty() || !asides_.empty()) return false;
  Waiting& frame = queue_.front();
  const uint32_t size = std::min(frame.size - frame.sent, largest());
  uint8_t* const room = ring_.Reserve(size);
  if (room == nullptr) return false;
  std::memcpy(room, frame.bytes.data() + frame.sent, size);
  frame.sent += size;
  ring_.Commit(size, frame.size - frame.sent);
  if (frame.sent < frame.size) return true;
  if (frame.call_id != CallId()) waiting_calls_.erase(frame.call_id);
  Release(frame);
  queue_.pop_front();
  return true;
}

void Outbound::Release(const Waiting& frame) {
  OutboundQuota::Load sent;
  sent.Add(frame.lane, frame.size);
  if (quota_.Release(sent)) is_writable_ = true;
}

uint32_t Outbound::largest() const {
  return static_cast<uint32_t>(LargestRecord(ring_.ring_bytes()) - sizeof(RecordHeader));
}

}  // namespace ipc::internal
