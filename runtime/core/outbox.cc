#include "runtime/core/outbox.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace ipc {
namespace {

// What settles a call must not be refused: the other side waits for it.
bool SettlesACall(FrameKind kind) {
  return kind == FrameKind::kReply || kind == FrameKind::kCancel || kind == FrameKind::kPong;
}

}  // namespace

absl::Status Outbox::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (is_closed_) return absl::UnavailableError("the connection is closed");
  if (pipe_ == nullptr || !waiting_.empty()) return Keep(header, payload);
  return pipe_->Send(header, payload);
}

absl::Status Outbox::Keep(const FrameHeader& header, const PayloadWriter& payload) {
  if (absl::Status legal = CheckFrame(header, payload.size(), limits_); !legal.ok()) return legal;
  bool fits = waiting_bytes_ + payload.size() <= limits_.outbound_bytes &&
              waiting_.size() < limits_.outbound_frames;
  if (!waiting_.empty() && !fits && !SettlesACall(header.kind)) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the outbound queue is full (", waiting_.size(), " messages, ", waiting_bytes_, " bytes)"));
  }
  waiting_bytes_ += waiting_.emplace_back(header, payload).byte_size();
  return absl::OkStatus();
}

void Outbox::Open(std::unique_ptr<Pipe> pipe, Pipe::Delegate* delegate) {
  pipe_ = std::move(pipe);
  pipe_->Start(delegate);
  Flush();
}

void Outbox::Flush() {
  while (!waiting_.empty()) {
    const OwnedFrame& frame = waiting_.front();
    const FrameHeader& header = frame.view().header;
    absl::Status sent = pipe_->Send(
        header, EncodedPayload({header.payload_kind, frame.view().payload, header.blob_sizes}));
    if (absl::IsResourceExhausted(sent)) return;  // OnWritable() comes back here
    waiting_bytes_ -= frame.byte_size();
    waiting_.pop_front();
  }
}

void Outbox::Close() {
  if (is_closed_) return;
  is_closed_ = true;
  waiting_.clear();
  if (pipe_) pipe_->Close();
}

}  // namespace ipc
