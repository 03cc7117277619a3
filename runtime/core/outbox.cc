#include "runtime/core/outbox.h"

#include <utility>

#include "runtime/wire/batch.h"

namespace ipc {

absl::Status Outbox::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (is_closed_) return absl::UnavailableError("the connection is closed");
  return pipe_ ? pipe_->Send(header, payload) : Keep(header, payload);
}

absl::Status Outbox::Keep(const FrameHeader& header, const PayloadWriter& payload) {
  const size_t payload_size = payload.size();
  if (absl::Status legal = CheckFrame(header, payload_size, limits_); !legal.ok()) return legal;
  const size_t size = BatchedFrameSize(header, payload_size);
  const OutboundQuota::Lane lane = OutboundQuota::LaneOf(header, size);
  if (!kept_quota_.TryCharge(lane, size)) return OutboundQuota::Refusal(lane);
  kept_.emplace_back(header, payload);
  return absl::OkStatus();
}

void Outbox::Open(std::unique_ptr<Pipe> pipe, Pipe::Delegate* delegate) {
  if (is_closed_) return;
  pipe_ = std::move(pipe);
  pipe_->Start(delegate);
  for (const OwnedFrame& frame : std::exchange(kept_, {})) {
    const FrameView& view = frame.view();
    // It can fail only as a pipe fails, which the delegate then hears.
    pipe_
        ->Send(view.header,
               EncodedPayload({view.header.payload_kind, view.payload, view.header.blob_sizes}))
        .IgnoreError();
  }
}

void Outbox::Close() {
  if (std::exchange(is_closed_, true)) return;
  kept_.clear();
  if (pipe_) pipe_->Close();
}

void Outbox::Cut(const absl::Status& reason) {
  is_closed_ = true;
  kept_.clear();
  if (pipe_) pipe_->Abort(reason);
  pipe_.reset();
}

}  // namespace ipc
