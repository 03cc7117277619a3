#include "tests/unit/core/recording_pipe.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

std::string Line(const FrameHeader& header, const std::string& channel) {
  std::string call = absl::StrCat(" #", header.call_id.value());
  switch (header.kind) {
    case FrameKind::kSend:
      return absl::StrCat("send ", channel);
    case FrameKind::kInvoke:
      return absl::StrCat("invoke", call, " ", channel);
    case FrameKind::kSync:
      return absl::StrCat("sync", call, " ", channel);
    case FrameKind::kReply:
      return absl::StrCat("reply", call, " ", header.status,
                          header.status_message.empty() ? "" : ": ", ToAbsl(header.status_message));
    case FrameKind::kCancel:
      return absl::StrCat("cancel", call);
    case FrameKind::kPing:
      return absl::StrCat("ping", call);
    case FrameKind::kPong:
      return absl::StrCat("pong", call);
    default:
      return absl::StrCat("kind ", static_cast<int>(header.kind));
  }
}

}  // namespace

std::vector<std::string> Wire::TakeSent() {
  std::vector<std::string> lines;
  for (const OwnedFrame& frame : sent) {
    const FrameHeader& header = frame.view().header;
    std::string channel(header.channel);
    if (header.channel_id != 0) {
      channel = channels.try_emplace(header.channel_id, channel).first->second;
    }
    lines.push_back(Line(header, channel));
  }
  sent.clear();
  return lines;
}

void Wire::Deliver(const FrameHeader& header, const PayloadWriter& payload) {
  const OwnedFrame frame(header, payload);
  if (!is_closed && !is_destroyed) delegate->OnFrame(frame.view());
}

absl::Status RecordingPipe::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (wire_->refusal) return *wire_->refusal;
  if (absl::Status legal = CheckFrame(header, payload.size(), {}); !legal.ok()) return legal;
  const bool has_room = header.status_message.size() + payload.size() <= wire_->reply_room;
  if (header.kind == FrameKind::kReply && !has_room) return absl::ResourceExhaustedError("no room");
  wire_->sent.emplace_back(header, payload);
  return absl::OkStatus();
}

bool RecordingPipe::WaitForFrames(MonotonicTime, const std::stop_token&) {
  if (wire_->while_waiting.empty()) return false;
  std::function<void()> next = std::move(wire_->while_waiting.front());
  wire_->while_waiting.pop_front();
  next();
  return true;
}

FrameHeader SendFrame(std::string_view channel) {
  FrameHeader header;
  header.kind = FrameKind::kSend;
  header.channel = channel;
  return header;
}

FrameHeader InvokeFrame(uint64_t call_id, std::string_view channel, uint64_t remaining_ms) {
  FrameHeader header = SendFrame(channel);
  header.kind = FrameKind::kInvoke;
  header.call_id = CallId(call_id);
  header.remaining_ms = remaining_ms;
  return header;
}

FrameHeader SyncFrame(uint64_t call_id, std::string_view channel) {
  FrameHeader header = InvokeFrame(call_id, channel);
  header.kind = FrameKind::kSync;
  return header;
}

FrameHeader ReplyFrame(uint64_t call_id, const absl::Status& status) {
  FrameHeader header;
  header.kind = FrameKind::kReply;
  header.call_id = CallId(call_id);
  header.status = static_cast<uint32_t>(status.code());
  header.status_message = ToStd(status.message());
  return header;
}

FrameHeader CancelFrame(uint64_t call_id) {
  FrameHeader header;
  header.kind = FrameKind::kCancel;
  header.call_id = CallId(call_id);
  return header;
}

}  // namespace ipc
