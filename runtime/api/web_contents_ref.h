// A weak reference to one renderer as main sees it: Electron's `event.sender`.
//
// Ownership   A copyable value. It keeps nothing alive; Send() on a WebContents that is gone
//             answers UNAVAILABLE.
// Threads     Send() and id() on any thread, get() on the loop's. From another thread the message
//             is encoded there and queued by a task: limits are then found too late to be answered,
//             and are logged.
// Errors      RESOURCE_EXHAUSTED when the outbound queue is full, OUT_OF_RANGE for a message that
//             is too large, INVALID_ARGUMENT for a value that cannot be encoded.
// From        electron WebContents.send, .sendToFrame; rules 11, 14 and 15 of the contract.
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "runtime/base/ids.h"
#include "runtime/bindings/channel.h"
#include "runtime/bindings/make_args.h"
#include "runtime/bindings/payloads.h"
#include "runtime/value/args.h"

namespace ipc {

class WebContents;
class WebContentsHandle;

class WebContentsRef {
 public:
  // Refers to nobody.
  WebContentsRef();
  explicit WebContentsRef(std::shared_ptr<WebContentsHandle> handle);
  WebContentsRef(const WebContentsRef&);
  WebContentsRef& operator=(const WebContentsRef&);
  ~WebContentsRef();

  WebContentsId id() const;
  // Null once it is destroyed.
  WebContents* get() const;

  // To the main frame, on an untyped channel.
  template <typename... Values>
  absl::Status Send(std::string_view channel, Values&&... args) const {
    return SendArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::Status SendArgs(std::string_view channel, const Args& args) const {
    return SendArgsToFrame(kMainFrame, channel, args);
  }
  template <typename... Values>
  absl::Status SendToFrame(FrameId frame_id, std::string_view channel, Values&&... args) const {
    return SendArgsToFrame(frame_id, channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::Status SendArgsToFrame(FrameId frame_id, std::string_view channel, const Args& args) const;

  // To the main frame, on a typed channel: what generated code calls.
  template <typename Params>
  absl::Status Send(const EmitChannel<Params>& channel, const Params& params) const {
    return WithParamsPayload(params, [&](const PayloadWriter& payload) {
      return SendPayload(kMainFrame, channel.name, payload);
    });
  }

  friend bool operator==(const WebContentsRef&, const WebContentsRef&) = default;

 private:
  absl::Status SendPayload(FrameId frame_id, std::string_view channel,
                           const PayloadWriter& payload) const;

  std::shared_ptr<WebContentsHandle> handle_;
};

}  // namespace ipc
