#include "runtime/transport/shm/outbound.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/types/span.h"
#include "runtime/base/check.h"
#include "runtime/wire/plain_header.h"

namespace ipc::internal {
namespace {

bool IsCall(FrameKind kind) { return kind == FrameKind::kInvoke || kind == FrameKind::kSync; }

// What is copied in one go while the ring is full, before another look at it.
constexpr uint32_t kKeptAtOnce = 64 << 10;

void Encode(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size,
            absl::Span<uint8_t> room) {
  payload.WriteTo(room.last(payload_size));
  room.remove_suffix(payload_size);
  EncodeHeader(header, payload_size, room);
}

LargeRun EncodeAround(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size,
                      absl::Span<uint8_t> room) {
  const LargeRun run = payload.WriteAround(room.last(payload_size));
  room.remove_suffix(payload_size);
  EncodeHeader(header, payload_size, room);
  return run;
}

}  // namespace

Outbound::Sent Outbound::Send(const FrameHeader& header, const PayloadWriter& payload,
                              size_t payload_size) {
  if (is_empty() && WritePlain(header, payload, payload_size)) return Sent::kWritten;
  const size_t frame_size = EncodedHeaderSize(header, payload_size) + payload_size;
  IPC_CHECK(frame_size < kParted, "a frame of 4 GiB");
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
                .run = {.offset = 0, .run_size = size},
                .lane = lane,
                .call_id = IsCall(header.kind) ? header.call_id : CallId()};
  const absl::Span<uint8_t> room(frame.bytes.data(), size);
  if (overtakes || size <= largest()) {
    Encode(header, payload, payload_size, room);
    if (!overtakes) return Queue(std::move(frame));
    asides_.push_back(std::move(frame));
    return Pump() ? Sent::kWritten : Sent::kQueued;
  }
  const LargeRun run = EncodeAround(header, payload, payload_size, room);
  Part(run, payload_size, frame);
  if (frame.is_head_next() && is_empty()) return Stream(run.bytes.data(), std::move(frame));
  absl::c_copy(run.bytes, room.last(payload_size).begin() + run.offset);
  return Queue(std::move(frame));
}

void Outbound::Part(const LargeRun& run, size_t payload_size, Waiting& frame) const {
  const size_t around = frame.size - run.bytes.size();
  if (run.bytes.size() < kLeastRun || run.bytes.size() <= around) return;
  if (sizeof(PartedHead) + around > largest()) return;
  frame.run = {.offset = static_cast<uint32_t>(frame.size - payload_size + run.offset),
               .run_size = static_cast<uint32_t>(run.bytes.size())};
}

Outbound::Sent Outbound::Queue(Waiting frame) {
  const bool has_begun = frame.sent > 0;
  if (frame.call_id != CallId()) waiting_calls_.insert(frame.call_id);
  queue_.push_back(std::move(frame));
  return Pump() || has_begun ? Sent::kWritten : Sent::kQueued;
}

// From both ends: from the front into the ring while that has room, and from the back into the
// queue while it has none, so that this never waits, and nothing is copied that need not be.
Outbound::Sent Outbound::Stream(const uint8_t* run, Waiting frame) {
  uint8_t* const kept = frame.bytes.data() + frame.run.offset;
  uint32_t kept_from = frame.run.run_size;
  while (frame.sent < frame.size) {
    if (WritePiece(run, frame)) {
      wake_();
      continue;
    }
    if (kept_from <= frame.run_sent()) break;
    const uint32_t size = std::min(kept_from - frame.run_sent(), kKeptAtOnce);
    kept_from -= size;
    std::memcpy(kept + kept_from, run + kept_from, size);
  }
  if (frame.sent < frame.size) return Queue(std::move(frame));
  Release(frame);
  return Sent::kWritten;
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

bool Outbound::WritePlain(const FrameHeader& header, const PayloadWriter& payload,
                          size_t payload_size) {
  const size_t most = PlainHeader::kMostBytes + payload_size;
  if (most > largest() || !PlainHeader::IsPlain(header)) return false;
  uint8_t* const room = ring_.Reserve(static_cast<uint32_t>(most));
  if (room == nullptr) return false;
  const size_t header_size = PlainHeader::Write(header, payload_size, room);
  payload.WriteTo({room + header_size, payload_size});
  ring_.Commit(static_cast<uint32_t>(header_size + payload_size), 0);
  return true;
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
  const bool is_aside = !asides_.empty();
  if (!is_aside && queue_.empty()) return false;
  return ring_.HasRoom(RecordRoom(NextPiece(is_aside ? asides_.front() : queue_.front())));
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
  if (!WritePiece(frame.bytes.data() + frame.run.offset, frame)) return false;
  if (frame.sent < frame.size) return true;
  if (frame.call_id != CallId()) waiting_calls_.erase(frame.call_id);
  Release(frame);
  queue_.pop_front();
  return true;
}

uint32_t Outbound::NextPiece(const Waiting& frame) const {
  if (frame.is_head_next()) return sizeof(PartedHead) + frame.around();
  return std::min(frame.size - frame.sent, largest());
}

bool Outbound::WritePiece(const uint8_t* run, Waiting& frame) {
  const uint32_t size = NextPiece(frame);
  uint8_t* const room = ring_.Reserve(size);
  if (room == nullptr) return false;
  if (frame.is_head_next()) {
    uint8_t* const at = room + sizeof(PartedHead);
    const uint32_t before = frame.run.offset;
    std::memcpy(room, &frame.run, sizeof(PartedHead));
    std::memcpy(at, frame.bytes.data(), before);
    std::memcpy(at + before, frame.bytes.data() + before + frame.run.run_size,
                frame.around() - before);
    frame.sent = frame.around();
    ring_.Commit(size, kParted);
    return true;
  }
  std::memcpy(room, run + frame.run_sent(), size);
  frame.sent += size;
  ring_.Commit(size, frame.size - frame.sent);
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
