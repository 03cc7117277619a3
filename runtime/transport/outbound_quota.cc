#include "runtime/transport/outbound_quota.h"

namespace ipc {

OutboundQuota::Lane OutboundQuota::LaneOf(FrameKind kind) {
  switch (kind) {
    case FrameKind::kReply:
    case FrameKind::kCancel:
    case FrameKind::kPong:
      return Lane::kAnswers;
    case FrameKind::kSend:
    case FrameKind::kInvoke:
    case FrameKind::kSync:
    case FrameKind::kPing:
    case FrameKind::kPort:
    case FrameKind::kBind:
    case FrameKind::kCredit:
      return Lane::kMessages;
  }
  return Lane::kMessages;
}

void OutboundQuota::Load::Add(Lane lane, size_t bytes) {
  Amount& amount = in(lane);
  amount.frames += 1;
  amount.bytes += bytes;
}

OutboundQuota::OutboundQuota(const Limits& limits)
    : max_frames_(limits.outbound_frames), max_bytes_(limits.outbound_bytes) {}

bool OutboundQuota::TryCharge(Lane lane, size_t bytes) {
  std::lock_guard lock(mutex_);
  if (!Fits(waiting_.in(lane), bytes)) {
    if (lane == Lane::kMessages) refused_ = bytes;
    return false;
  }
  waiting_.Add(lane, bytes);
  return true;
}

bool OutboundQuota::Release(const Load& sent) {
  std::lock_guard lock(mutex_);
  for (Lane lane : {Lane::kMessages, Lane::kAnswers}) {
    Load::Amount gone = Load(sent).in(lane);
    waiting_.in(lane).frames -= gone.frames;
    waiting_.in(lane).bytes -= gone.bytes;
  }
  // A large message may not fit a queue that is half empty; its sender would only be refused again.
  if (!refused_ || !IsHalfEmpty() || !Fits(waiting_.messages, *refused_)) return false;
  refused_.reset();
  return true;
}

bool OutboundQuota::Fits(const Load::Amount& waiting, size_t bytes) const {
  if (waiting.frames == 0) return true;
  return waiting.frames < max_frames_ && waiting.bytes + bytes <= max_bytes_;
}

bool OutboundQuota::IsHalfEmpty() const {
  return waiting_.messages.frames <= max_frames_ / 2 && waiting_.messages.bytes <= max_bytes_ / 2;
}

}  // namespace ipc
