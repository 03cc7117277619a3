// A weak reference to one renderer as main sees it: Electron's `event.sender`.
//
// Ownership   A copyable value. It keeps nothing alive; Send() on a WebContents that is gone
//             answers UNAVAILABLE.
// Threads     Send(), Invoke() and id() on any thread, get() on the loop's. From another thread the
//             message is encoded there and queued by a task: limits are then found too late to be
//             answered, and are logged.
// Errors      RESOURCE_EXHAUSTED when the outbound queue is full, OUT_OF_RANGE for a message that
//             is too large, INVALID_ARGUMENT for a value that cannot be encoded. Invoke() ends
//             with one of the outcomes that runtime/README.md lists, after CallOptions::timeout,
//             the channel's [DeadlineMs], or Limits::ask_timeout at the latest.
// From        electron WebContents.send, .sendToFrame; rules 11, 14 and 15 of the contract.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/api/call_options.h"
#include "runtime/api/message_port.h"
#include "runtime/async/promise.h"
#include "runtime/base/ids.h"
#include "runtime/bindings/channel.h"
#include "runtime/bindings/errors.h"
#include "runtime/bindings/make_args.h"
#include "runtime/bindings/payloads.h"
#include "runtime/bindings/read_reply.h"
#include "runtime/core/connection.h"
#include "runtime/core/endings.h"
#include "runtime/value/args.h"

namespace ipc {

class WebContents;
class WebContentsHandle;

class WebContentsRef {
 public:
  // Refers to nobody.
  WebContentsRef() = default;
  explicit WebContentsRef(std::shared_ptr<WebContentsHandle> handle) : handle_(std::move(handle)) {}

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

  // Asks the handler of the main frame. Dropping the Promise cancels the call.
  template <typename... Values>
  Promise<Value> Invoke(std::string_view channel, Values&&... args) const {
    return InvokeArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  Promise<Value> InvokeArgs(std::string_view channel, const Args& args,
                            CallOptions options = {}) const {
    return InvokeArgsInFrame(kMainFrame, channel, args, options);
  }
  Promise<Value> InvokeArgsInFrame(FrameId frame_id, std::string_view channel, const Args& args,
                                   CallOptions options = {}) const {
    return InvokeWith<Value>(frame_id, channel, args, options);
  }

  // To the main frame, on a typed channel: what generated code calls.
  template <typename Params, typename Response>
  Promise<Response> Invoke(const AskChannel<Params, Response>& channel, const Params& params,
                           CallOptions options = {}) const {
    if (!options.timeout && channel.deadline_ms != 0) {
      options.timeout = milliseconds(channel.deadline_ms);
    }
    return InvokeWith<Response>(kMainFrame, channel.name, params, options);
  }
  template <typename Params>
  absl::Status Send(const EmitChannel<Params>& channel, const Params& params) const {
    return WithParamsPayload(params, [&](const PayloadWriter& payload) {
      return SendPayload(kMainFrame, channel.name, payload);
    });
  }

  // As WebContents::PostMessage(), on the loop's sequence, where the ports live.
  absl::Status PostMessage(std::string_view channel, const Value& message,
                           absl::Span<const MessagePort> transfer = {}) const {
    return PostMessageToFrame(kMainFrame, channel, message, transfer);
  }
  absl::Status PostMessageToFrame(FrameId frame_id, std::string_view channel, const Value& message,
                                  absl::Span<const MessagePort> transfer = {}) const;

  friend bool operator==(const WebContentsRef&, const WebContentsRef&) = default;

 private:
  template <typename Response, typename Params>
  Promise<Response> InvokeWith(FrameId frame_id, std::string_view channel, const Params& params,
                               const CallOptions& options) const {
    Resolver<Response> resolver;
    Promise<Response> promise = resolver.promise();
    absl::Status begun = WithParamsPayload(params, [&](const PayloadWriter& payload) {
      Resolver<Response>::OnCancelOf(
          promise, StartCall(frame_id, channel, payload, options,
                             [resolver = std::move(resolver)](const Reply& reply) mutable {
                               resolver.Settle(ReadReply<Response>(reply));
                             }));
      return absl::OkStatus();
    });
    if (!begun.ok()) return InvokeError(channel, AsDetail(begun));
    return promise;
  }

  // `done` runs once, also when the call cannot begin. Returns what cancels it.
  std::function<void()> StartCall(FrameId frame_id, std::string_view channel,
                                  const PayloadWriter& payload, const CallOptions& options,
                                  ReplyCallback done) const;
  absl::Status SendPayload(FrameId frame_id, std::string_view channel,
                           const PayloadWriter& payload) const;

  std::shared_ptr<WebContentsHandle> handle_;
};

}  // namespace ipc
