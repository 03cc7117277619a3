#include "runtime/transport/outbound_quota.h"

#include <limits>

namespace ipc {
namespace {

constexpr size_t kNoLimit = std::numeric_limits<size_t>::max();

OutboundQuota::Load MaxOf(const Limits& limits) {
  return {.lanes = {{
              {.frames = limits.outbound_frames, .bytes = limits.outbound_bytes},
              {.frames = kNoLimit, .bytes = limits.answer_bytes},
              {.frames = limits.answer_frames, .bytes = kNoLimit},
              {.frames = limits.relayed_frames, .bytes = limits.relayed_bytes},
          }}};
}

}  // namespace

OutboundQuota::Lane OutboundQuota::LaneOf(const FrameHeader& header, size_t frame_bytes) {
  switch (header.kind) {
    case FrameKind::kReply:
      return frame_bytes > kSignalBytes ? Lane::kAnswers : Lane::kSignals;
    case FrameKind::kCancel:
    case FrameKind::kPing:  // at most one is on its way, and the loss of it would look like silence
    case FrameKind::kPong:
    case FrameKind::kFrameRemoved:  // of frames that were added, so bounded by them
    case FrameKind::kCredit:
    case FrameKind::kPortOpen:
    case FrameKind::kPortStart:
    case FrameKind::kPortClose:
      return Lane::kSignals;
    case FrameKind::kSend:
    case FrameKind::kInvoke:
    case FrameKind::kSync:
    case FrameKind::kPort:
    case FrameKind::kBind:
    case FrameKind::kFrameAdded:
    case FrameKind::kSendTo:
    case FrameKind::kSendToHost:
      break;
  }
  return header.sender_id == WebContentsId() ? Lane::kMessages : Lane::kRelayed;
}

void OutboundQuota::Load::Add(Lane lane, size_t bytes) {
  Amount& amount = in(lane);
  amount.frames += 1;
  amount.bytes += bytes;
}

OutboundQuota::OutboundQuota(const Limits& limits) : max_(MaxOf(limits)) {}

bool OutboundQuota::TryCharge(Lane lane, size_t bytes) {
  std::lock_guard lock(mutex_);
  if (!Fits(lane, bytes)) {
    if (lane == Lane::kMessages) refused_ = bytes;
    return false;
  }
  waiting_.Add(lane, bytes);
  return true;
}

absl::Status OutboundQuota::Refusal(Lane lane) {
  switch (lane) {
    case Lane::kMessages:
      return absl::ResourceExhaustedError("the outbound queue is full");
    case Lane::kAnswers:
      return absl::ResourceExhaustedError("too many answers wait to be read");
    case Lane::kSignals:
      return absl::ResourceExhaustedError("the peer does not read its answers");
    case Lane::kRelayed:
      return absl::ResourceExhaustedError("the queue of messages that are passed on is full");
  }
  return absl::InternalError("no lane");
}

bool OutboundQuota::Release(const Load& sent) {
  std::lock_guard lock(mutex_);
  for (size_t lane = 0; lane < kLanes; ++lane) {
    waiting_.lanes[lane].frames -= sent.lanes[lane].frames;
    waiting_.lanes[lane].bytes -= sent.lanes[lane].bytes;
  }
  // A large message may not fit a queue that is half empty; its sender would only be refused again.
  if (!refused_ || !IsHalfEmpty() || !Fits(Lane::kMessages, *refused_)) return false;
  refused_.reset();
  return true;
}

bool OutboundQuota::Fits(Lane lane, size_t bytes) const {
  const Load::Amount& waiting = waiting_.in(lane);
  const Load::Amount& max = max_.in(lane);
  if (waiting.frames == 0) return true;
  return waiting.frames < max.frames && waiting.bytes + bytes <= max.bytes;
}

bool OutboundQuota::IsHalfEmpty() const {
  const Load::Amount& waiting = waiting_.in(Lane::kMessages);
  const Load::Amount& max = max_.in(Lane::kMessages);
  return waiting.frames <= max.frames / 2 && waiting.bytes <= max.bytes / 2;
}

}  // namespace ipc
