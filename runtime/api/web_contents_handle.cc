#include "runtime/api/web_contents_handle.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/strings.h"
#include "runtime/wire/frame.h"

namespace ipc {

WebContentsHandle::WebContentsHandle(WebContents* contents, WebContentsId id,
                                     std::shared_ptr<TaskRunner> runner, LogSink log)
    : contents_(contents), id_(id), runner_(std::move(runner)), log_(std::move(log)) {}

void WebContentsHandle::Clear() {
  contents_ = nullptr;
  is_alive_ = false;
}

absl::Status WebContentsHandle::Send(FrameId frame_id, std::string_view channel,
                                     const PayloadWriter& payload) {
  if (!is_alive_) {
    return absl::UnavailableError(absl::StrCat("WebContents #", id_.value(), " is destroyed"));
  }
  if (runner_->IsCurrent()) return contents_->SendPayload(frame_id, channel, payload);
  PostSend(frame_id, channel, payload);
  return absl::OkStatus();
}

void WebContentsHandle::PostSend(FrameId frame_id, std::string_view channel,
                                 const PayloadWriter& payload) {
  FrameHeader header;
  header.channel = channel;
  header.frame_id = frame_id;
  header.payload_kind = payload.kind();
  header.blob_sizes.assign(payload.blob_sizes().begin(), payload.blob_sizes().end());
  runner_->Post([self = shared_from_this(), frame = OwnedFrame(header, payload)] {
    const FrameHeader& header = frame.view().header;
    if (self->contents_ == nullptr) return;
    absl::Status sent = self->contents_->SendPayload(
        header.frame_id, header.channel,
        EncodedPayload({header.payload_kind, frame.view().payload, header.blob_sizes}));
    if (sent.ok()) return;
    self->log_(LogLevel::kError,
               absl::StrCat("a message to WebContents #", self->id_.value(), " on '",
                            ToAbsl(header.channel), "' was lost: ", sent.message()));
  });
}

}  // namespace ipc
