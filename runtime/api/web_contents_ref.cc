#include "runtime/api/web_contents_ref.h"

#include "runtime/api/web_contents.h"
#include "runtime/api/web_contents_handle.h"

namespace ipc {

WebContentsId WebContentsRef::id() const { return handle_ ? handle_->id() : WebContentsId(); }

WebContents* WebContentsRef::get() const { return handle_ ? handle_->contents() : nullptr; }

absl::Status WebContentsRef::SendArgsToFrame(FrameId frame_id, std::string_view channel,
                                             const Args& args) const {
  return WithParamsPayload(
      args, [&](const PayloadWriter& payload) { return SendPayload(frame_id, channel, payload); });
}

std::function<void()> WebContentsRef::StartCall(FrameId frame_id, std::string_view channel,
                                                const PayloadWriter& payload,
                                                const CallOptions& options,
                                                ReplyCallback done) const {
  if (handle_) return handle_->StartCall(frame_id, channel, payload, options, std::move(done));
  done(Reply{AsDetail(absl::UnavailableError("a reference to no WebContents")), {}});
  return [] {};
}

absl::Status WebContentsRef::PostMessageToFrame(FrameId frame_id, std::string_view channel,
                                                const Value& message,
                                                absl::Span<const MessagePort> transfer) const {
  WebContents* contents = get();
  if (contents == nullptr) return absl::UnavailableError("a reference to no WebContents");
  return contents->PostMessageToFrame(frame_id, channel, message, transfer);
}

absl::Status WebContentsRef::SendPayload(FrameId frame_id, std::string_view channel,
                                         const PayloadWriter& payload) const {
  if (handle_ == nullptr) return absl::UnavailableError("a reference to no WebContents");
  return handle_->Send(frame_id, channel, payload);
}

}  // namespace ipc
