// ipcRenderer: what a renderer says to main, asks of it, and hears from it.
//
//   ipc_renderer.On("asynchronous-reply", [](ipc::IpcRendererEvent&, const ipc::Args& args) {
//     std::cout << args[0] << "\n";
//   });
//   ipc_renderer.Send("asynchronous-message", "ping");
//   ipc_renderer.Invoke("add", 1, 2).Then([](absl::StatusOr<ipc::Value> sum) { ... });
//
// Each frame of a renderer has one; what it says comes from that frame.
//
// Ownership   RendererFrame owns it. It owns the listeners and handlers until they are removed.
// Threads     The loop's sequence; listeners and handlers run there.
// Errors      Send(): RESOURCE_EXHAUSTED when the queue towards main is full, OUT_OF_RANGE for a
//             message that is too large, INVALID_ARGUMENT for a value that cannot be encoded,
//             UNAVAILABLE once main, or the frame, is gone. A call ends with one of the outcomes
//             that runtime/README.md lists, its text "Error invoking remote method 'CH': DETAIL".
// From        electron ipcRenderer; contract rules 3 to 5, 7 to 13, 18, 19 and 21. Handlers, which
//             answer webContents.invoke, are ours.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/api/call_options.h"
#include "runtime/api/ipc_renderer_event.h"
#include "runtime/api/message_port.h"
#include "runtime/api/renderer_ports.h"
#include "runtime/async/blocking.h"
#include "runtime/async/promise.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/answer.h"
#include "runtime/bindings/callable.h"
#include "runtime/bindings/channel.h"
#include "runtime/bindings/errors.h"
#include "runtime/bindings/handlers.h"
#include "runtime/bindings/incoming_params.h"
#include "runtime/bindings/listeners.h"
#include "runtime/bindings/make_args.h"
#include "runtime/bindings/payloads.h"
#include "runtime/bindings/read_reply.h"
#include "runtime/bindings/subscription.h"
#include "runtime/core/connection.h"
#include "runtime/core/endings.h"
#include "runtime/value/args.h"

namespace ipc {

class IpcRenderer {
 public:
  // Anything that is called as (IpcRendererEvent& event, const Args& args).
  using Listener = ListenerFor<IpcRendererEvent>;

  // Anything that is called as (IpcRendererInvokeEvent& event, const Args& args), and returns what
  // a Promise<Value> is made from.
  using Handler = HandlerFor<IpcRendererInvokeEvent>;

  struct Options {
    std::function<MonotonicTime()> now;
    milliseconds sync_timeout;
    std::optional<milliseconds> invoke_timeout;
    WebContentsId embedder_id;  // of a guest; else 0
    RendererPorts* ports;
    LogSink log;
  };

  // Made by RendererFrame. `connection` and `blocking` outlive it.
  IpcRenderer(Connection& connection, const Blocking& blocking, FrameId frame_id, Options options);
  IpcRenderer(const IpcRenderer&) = delete;
  IpcRenderer& operator=(const IpcRenderer&) = delete;

  // Messages to main, in the order of these calls.
  template <typename... Values>
  absl::Status Send(std::string_view channel, Values&&... args) {
    return SendArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::Status SendArgs(std::string_view channel, const Args& args);

  // A message to main with a value, and ports that live here, which main owns from then on.
  // Errors: as Send(); as MessagePort::PostMessage() for the ports, which stay as they were then.
  absl::Status PostMessage(std::string_view channel, const Value& message,
                           absl::Span<const MessagePort> transfer = {});

  // Asks main's handler. Dropping the Promise cancels the call.
  template <typename... Values>
  Promise<Value> Invoke(std::string_view channel, Values&&... args) {
    return InvokeArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  Promise<Value> InvokeArgs(std::string_view channel, const Args& args, CallOptions options = {});

  // Asks main's listeners and blocks this thread until one answers, at most Limits::sync_timeout
  // unless the call says otherwise. Nothing is dispatched meanwhile.
  template <typename... Values>
  absl::StatusOr<Value> SendSync(std::string_view channel, Values&&... args) {
    return SendSyncArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::StatusOr<Value> SendSyncArgs(std::string_view channel, const Args& args,
                                     CallOptions options = {});

  // A message to the main frame of another renderer, passed on by main: its listeners hear it with
  // our id. Nobody is told when there is no such renderer, or main does not allow it.
  template <typename... Values>
  absl::Status SendTo(WebContentsId target, std::string_view channel, Values&&... args) {
    return SendToArgs(target, channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::Status SendToArgs(WebContentsId target, std::string_view channel, const Args& args);

  // A message from a guest to its embedder, whose WebView hears it.
  // Errors: FAILED_PRECONDITION when this renderer is no guest.
  template <typename... Values>
  absl::Status SendToHost(std::string_view channel, Values&&... args) {
    return SendToHostArgs(channel, MakeArgs(std::forward<Values>(args)...));
  }
  absl::Status SendToHostArgs(std::string_view channel, const Args& args);

  // The handler answers webContents.invoke.
  // Errors: ALREADY_EXISTS, "Attempted to register a second handler for 'CH'".
  absl::Status Handle(std::string_view channel, Handler handler);
  absl::Status HandleOnce(std::string_view channel, Handler handler);
  void RemoveHandler(std::string_view channel);

  // Listeners hear webContents.send, event.reply and other renderers' sendTo, in the order of their
  // registration.
  ListenerId On(std::string_view channel, Listener listener);
  ListenerId AddListener(std::string_view channel, Listener listener);  // the same as On()
  ListenerId PrependListener(std::string_view channel, Listener listener);
  ListenerId Once(std::string_view channel, Listener listener);
  // Removed when the Subscription is destroyed; not called any more from then on.
  Subscription ScopedOn(std::string_view channel, Listener listener);
  void RemoveListener(std::string_view channel, ListenerId id);
  void Off(std::string_view channel, ListenerId id);  // the same as RemoveListener()
  void RemoveAllListeners();
  void RemoveAllListeners(std::string_view channel);

  size_t ListenerCount(std::string_view channel) const;
  std::vector<std::string> EventNames() const;  // channels with listeners, sorted
  // Above this many listeners on one channel a warning is logged, once. 10 at first; 0: never.
  void SetMaxListeners(size_t max);

  // The same on typed channels: what generated code calls.
  template <typename Params>
  absl::Status Send(const SendChannel<Params>& channel, const Params& params) {
    return WithParamsPayload(
        params, [&](const PayloadWriter& payload) { return SendPayload(channel.name, payload); });
  }
  template <typename Params, typename Response>
  Promise<Response> Invoke(const InvokeChannel<Params, Response>& channel, const Params& params,
                           CallOptions options = {}) {
    return InvokeWith<Response>(channel.name, params,
                                PatienceOf(options, channel.deadline_ms, invoke_timeout_));
  }
  template <typename Params, typename Response>
  Outcome<Response> SendSync(const SyncChannel<Params, Response>& channel, const Params& params,
                             CallOptions options = {}) {
    return SendSyncWith<Response>(channel.name, params,
                                  PatienceOf(options, channel.deadline_ms, sync_timeout_));
  }
  template <typename Params>
  absl::Status SendTo(WebContentsId target, const RelayChannel<Params>& channel,
                      const Params& params) {
    return WithParamsPayload(params, [&](const PayloadWriter& payload) {
      return SendPayloadTo(target, channel.name, payload);
    });
  }
  template <typename Params>
  absl::Status SendToHost(const HostChannel<Params>& channel, const Params& params) {
    return WithParamsPayload(params, [&](const PayloadWriter& payload) {
      return SendPayloadToHost(channel.name, payload);
    });
  }
  // `listener` is called as (IpcRendererEvent&, Params).
  template <typename Params, typename F>
  ListenerId On(const EmitChannel<Params>& channel, F listener) {
    return listeners_.Append(channel.name, Typed<Params>(channel, std::move(listener)));
  }
  template <typename Params, typename F>
  ListenerId Once(const EmitChannel<Params>& channel, F listener) {
    return listeners_.AppendOnce(channel.name, Typed<Params>(channel, std::move(listener)));
  }
  template <typename Params, typename F>
  ListenerId On(const RelayChannel<Params>& channel, F listener) {
    return listeners_.Append(channel.name, Typed<Params>(channel, std::move(listener)));
  }
  template <typename Params, typename F>
  ListenerId Once(const RelayChannel<Params>& channel, F listener) {
    return listeners_.AppendOnce(channel.name, Typed<Params>(channel, std::move(listener)));
  }
  // `handler` is called as (IpcRendererInvokeEvent&, Params) and returns a Promise<Response>.
  template <typename Params, typename Response, typename F>
  absl::Status Handle(const AskChannel<Params, Response>& channel, F handler) {
    schemas_.Add<Params>(channel.name);
    return handlers_.Add(channel.name, [handler = std::move(handler), most = channel.max_bytes](
                                           IpcRendererInvokeEvent& event,
                                           const IncomingParams& incoming, Answer answer) mutable {
      absl::StatusOr<Params> params = incoming.As<Params>(most);
      if (!params.ok()) return answer.Refuse(AsDetail(params.status()));
      AnswerWith<Response>(std::move(answer), [&] { return handler(event, *std::move(params)); });
    });
  }

 private:
  friend class RendererFrame;
  friend class RendererProcess;
  friend class WebView;

  using RawListener =
      absl::AnyInvocable<absl::Status(IpcRendererEvent& event, const IncomingParams& params)>;

  using RawHandler = absl::AnyInvocable<void(IpcRendererInvokeEvent& event,
                                             const IncomingParams& params, Answer answer)>;

  static RawListener Untyped(Listener listener);
  static RawHandler Untyped(Handler handler);

  template <typename Params, typename Channel, typename F>
  RawListener Typed(const Channel& channel, F listener) {
    schemas_.Add<Params>(channel.name);
    return [listener = std::move(listener), most = channel.max_bytes](
               IpcRendererEvent& event, const IncomingParams& incoming) mutable -> absl::Status {
      absl::StatusOr<Params> params = incoming.As<Params>(most);
      if (!params.ok()) return params.status();
      listener(event, *std::move(params));
      return absl::OkStatus();
    };
  }

  void Dispatch(const IncomingMessage& message);
  void Dispatch(std::string_view channel, IpcRendererEvent& event, const IncomingParams& params);
  void LogFailure(std::string_view channel, const absl::Status& failure);
  void DispatchInvoke(const IncomingMessage& message, Responder responder);
  // The frame is removed: nobody listens here any more, and nothing is sent.
  void Detach();

  Patience PatienceOf(const CallOptions& options, int64_t channel_ms,
                      std::optional<milliseconds> otherwise) const;

  template <typename Response, typename Params>
  Promise<Response> InvokeWith(std::string_view channel, const Params& params,
                               const Patience& patience) {
    Resolver<Response> resolver;
    Promise<Response> promise = resolver.promise();
    absl::Status sent = WithParamsPayload(params, [&](const PayloadWriter& payload) {
      if (is_detached_) return FrameIsGone();
      absl::StatusOr<CallId> id =
          connection_.Invoke(AddressOf(channel), payload, patience,
                             [resolver = std::move(resolver)](const Reply& reply) mutable {
                               resolver.Settle(ReadReply<Response>(reply));
                             });
      if (id.ok()) Resolver<Response>::OnCancelOf(promise, connection_.CancelOf(*id));
      return id.status();
    });
    if (!sent.ok()) return InvokeError(channel, AsDetail(sent));
    return promise;
  }

  template <typename Response, typename Params>
  Outcome<Response> SendSyncWith(std::string_view channel, const Params& params,
                                 const Patience& patience) {
    Outcome<Response> outcome = absl::InternalError("no answer");
    absl::Status sent = WithParamsPayload(params, [&](const PayloadWriter& payload) {
      if (is_detached_) return FrameIsGone();
      return connection_.InvokeSync(
          blocking_, AddressOf(channel), payload, patience,
          [&](const Reply& reply) { outcome = ReadReply<Response>(reply); });
    });
    if (!sent.ok()) return InvokeError(channel, AsDetail(sent));
    return outcome;
  }

  Address AddressOf(std::string_view channel) const {
    return {.channel = channel, .frame_id = frame_id_};
  }
  absl::Status SendPayload(std::string_view channel, const PayloadWriter& payload);
  absl::Status SendPayloadTo(WebContentsId target, std::string_view channel,
                             const PayloadWriter& payload);
  absl::Status SendPayloadToHost(std::string_view channel, const PayloadWriter& payload);

  Connection& connection_;
  const Blocking& blocking_;
  const FrameId frame_id_;
  const std::function<MonotonicTime()> now_;
  const milliseconds sync_timeout_;
  const std::optional<milliseconds> invoke_timeout_;
  const WebContentsId embedder_id_;
  RendererPorts& ports_;
  const LogSink log_;
  const std::shared_ptr<const LogSink> answer_log_;  // the same, for answers that outlive this
  bool is_detached_ = false;
  SchemaTable schemas_;
  Listeners<RawListener> listeners_;
  Handlers<RawHandler> handlers_;
};

}  // namespace ipc
