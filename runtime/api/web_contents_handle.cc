#include "runtime/api/web_contents_handle.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/strings.h"
#include "runtime/core/endings.h"
#include "runtime/wire/frame.h"

namespace ipc {
namespace {

// A message on its way to the loop's sequence.
OwnedFrame Keep(FrameId frame_id, std::string_view channel, const PayloadWriter& payload) {
  FrameHeader header;
  header.channel = channel;
  header.frame_id = frame_id;
  header.payload_kind = payload.kind();
  header.blob_sizes.assign(payload.blob_sizes().begin(), payload.blob_sizes().end());
  return OwnedFrame(header, payload);
}

EncodedPayload PayloadOf(const OwnedFrame& frame) {
  const FrameHeader& header = frame.view().header;
  return EncodedPayload({header.payload_kind, frame.view().payload, header.blob_sizes});
}

}  // namespace

// A call that another thread has begun. On the loop's sequence but for its making.
struct WebContentsHandle::PostedCall {
  OwnedFrame frame;
  CallOptions options;
  ReplyCallback done;
  std::function<void()> cancel = {};  // once it has begun
  bool is_cancelled = false;
};

WebContentsHandle::WebContentsHandle(WebContents* contents, WebContentsId id,
                                     std::shared_ptr<TaskRunner> runner, LogSink log)
    : contents_(contents), id_(id), runner_(std::move(runner)), log_(std::move(log)) {}

void WebContentsHandle::Clear() {
  contents_ = nullptr;
  is_alive_ = false;
}

absl::Status WebContentsHandle::Send(FrameId frame_id, std::string_view channel,
                                     const PayloadWriter& payload) {
  if (!is_alive_) return Destroyed();
  if (runner_->IsCurrent()) return contents_->SendPayload(frame_id, channel, payload);
  PostSend(frame_id, channel, payload);
  return absl::OkStatus();
}

absl::Status WebContentsHandle::Destroyed() const {
  return absl::UnavailableError(
      absl::StrCat("the renderer of WebContents #", id_.value(), " is gone"));
}

std::function<void()> WebContentsHandle::StartCall(FrameId frame_id, std::string_view channel,
                                                   const PayloadWriter& payload,
                                                   const CallOptions& options, ReplyCallback done) {
  if (runner_->IsCurrent()) {
    return StartCallHere(frame_id, channel, payload, options, std::move(done));
  }
  auto call = std::make_shared<PostedCall>(
      PostedCall{Keep(frame_id, channel, payload), options, std::move(done)});
  runner_->Post([self = shared_from_this(), call] {
    if (call->is_cancelled) return;
    const FrameHeader& header = call->frame.view().header;
    call->cancel = self->StartCallHere(header.frame_id, header.channel, PayloadOf(call->frame),
                                       call->options, std::move(call->done));
  });
  return [runner = runner_, call] {
    runner->Post([call] {
      call->is_cancelled = true;
      if (call->cancel) call->cancel();
    });
  };
}

std::function<void()> WebContentsHandle::StartCallHere(FrameId frame_id, std::string_view channel,
                                                       const PayloadWriter& payload,
                                                       const CallOptions& options,
                                                       ReplyCallback done) {
  if (contents_) {
    return contents_->StartCall(frame_id, channel, payload, options, std::move(done));
  }
  done(Reply{AsDetail(Destroyed()), {}, channel});
  return [] {};
}

void WebContentsHandle::PostSend(FrameId frame_id, std::string_view channel,
                                 const PayloadWriter& payload) {
  runner_->Post([self = shared_from_this(), frame = Keep(frame_id, channel, payload)] {
    if (self->contents_ == nullptr) return;
    const FrameHeader& header = frame.view().header;
    absl::Status sent =
        self->contents_->SendPayload(header.frame_id, header.channel, PayloadOf(frame));
    if (sent.ok()) return;
    self->log_(LogLevel::kError,
               absl::StrCat("a message to WebContents #", self->id_.value(), " on '",
                            ToAbsl(header.channel), "' was lost: ", sent.message()));
  });
}

}  // namespace ipc
