#include "runtime/api/ipc_renderer.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/call_handler.h"
#include "runtime/core/endings.h"

namespace ipc {

IpcRenderer::IpcRenderer(Connection& connection, const Blocking& blocking, FrameId frame_id,
                         Options options)
    : connection_(connection),
      blocking_(blocking),
      frame_id_(frame_id),
      now_(std::move(options.now)),
      sync_timeout_(options.sync_timeout),
      invoke_timeout_(options.invoke_timeout),
      embedder_id_(options.embedder_id),
      ports_(*options.ports),
      log_(std::move(options.log)),
      answer_log_(std::make_shared<const LogSink>(log_)),
      listeners_("IpcRenderer", log_) {}

absl::Status IpcRenderer::SendArgs(std::string_view channel, const Args& args) {
  return Send(SendChannel<Args>{channel}, args);
}

absl::Status IpcRenderer::PostMessage(std::string_view channel, const Value& message,
                                      absl::Span<const MessagePort> transfer) {
  if (is_detached_) return FrameIsGone();
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromArgs({message});
  if (!payload.ok()) return payload.status();
  return ports_.Send(transfer, [&](absl::Span<const PortId> ports) {
    return connection_.Send(AddressOf(channel), *payload, ports);
  });
}

Promise<Value> IpcRenderer::InvokeArgs(std::string_view channel, const Args& args,
                                       CallOptions options) {
  return InvokeWith<Value>(channel, args, PatienceOf(options, 0, invoke_timeout_));
}

absl::StatusOr<Value> IpcRenderer::SendSyncArgs(std::string_view channel, const Args& args,
                                                CallOptions options) {
  return SendSyncWith<Value>(channel, args, PatienceOf(options, 0, sync_timeout_));
}

absl::Status IpcRenderer::SendToArgs(WebContentsId target, std::string_view channel,
                                     const Args& args) {
  return SendTo(target, RelayChannel<Args>{channel}, args);
}

absl::Status IpcRenderer::SendToHostArgs(std::string_view channel, const Args& args) {
  return SendToHost(HostChannel<Args>{channel}, args);
}

absl::Status IpcRenderer::Handle(std::string_view channel, Handler handler) {
  return handlers_.Add(channel, Untyped(std::move(handler)));
}

absl::Status IpcRenderer::HandleOnce(std::string_view channel, Handler handler) {
  return handlers_.AddOnce(channel, Untyped(std::move(handler)));
}

void IpcRenderer::RemoveHandler(std::string_view channel) { handlers_.Remove(channel); }

ListenerId IpcRenderer::On(std::string_view channel, Listener listener) {
  return listeners_.Append(channel, Untyped(std::move(listener)));
}

ListenerId IpcRenderer::AddListener(std::string_view channel, Listener listener) {
  return On(channel, std::move(listener));
}

ListenerId IpcRenderer::PrependListener(std::string_view channel, Listener listener) {
  return listeners_.Prepend(channel, Untyped(std::move(listener)));
}

ListenerId IpcRenderer::Once(std::string_view channel, Listener listener) {
  return listeners_.AppendOnce(channel, Untyped(std::move(listener)));
}

Subscription IpcRenderer::ScopedOn(std::string_view channel, Listener listener) {
  return listeners_.AppendScoped(channel, Untyped(std::move(listener)));
}

void IpcRenderer::RemoveListener(std::string_view channel, ListenerId id) {
  listeners_.Remove(channel, id);
}

void IpcRenderer::Off(std::string_view channel, ListenerId id) { RemoveListener(channel, id); }

void IpcRenderer::RemoveAllListeners() { listeners_.RemoveAll(); }

void IpcRenderer::RemoveAllListeners(std::string_view channel) { listeners_.RemoveAll(channel); }

size_t IpcRenderer::ListenerCount(std::string_view channel) const {
  return listeners_.count(channel);
}

std::vector<std::string> IpcRenderer::EventNames() const { return listeners_.channels(); }

void IpcRenderer::SetMaxListeners(size_t max) { listeners_.set_max(max); }

IpcRenderer::RawListener IpcRenderer::Untyped(Listener listener) {
  return [listener = std::move(listener)](IpcRendererEvent& event,
                                          const IncomingParams& params) mutable {
    const absl::StatusOr<Args>& args = params.args();
    if (!args.ok()) return args.status();
    listener(event, *args);
    return absl::OkStatus();
  };
}

IpcRenderer::RawHandler IpcRenderer::Untyped(Handler handler) {
  return [handler = std::move(handler)](IpcRendererInvokeEvent& event, const IncomingParams& params,
                                        Answer answer) mutable {
    const absl::StatusOr<Args>& args = params.args();
    if (!args.ok()) return answer.Refuse(AsDetail(args.status()));
    AnswerWith<Value>(std::move(answer), [&] { return handler(event, *args); });
  };
}

void IpcRenderer::DispatchInvoke(const IncomingMessage& message, Responder responder) {
  std::string_view channel = message.address.channel;
  IpcRendererInvokeEvent event(this, responder.call());
  Answer answer(std::move(responder), message.payload.kind, WebContentsId(), answer_log_);
  auto handler = handlers_.Find(channel);
  if (handler == nullptr) return answer.Refuse(NoHandlerDetail(channel));
  IncomingParams params(message.payload.Yielded(), channel, schemas_);
  CallHandler(std::move(handler), std::move(event), params, std::move(answer));
}

void IpcRenderer::Detach() {
  is_detached_ = true;
  listeners_.RemoveAll();
  handlers_.RemoveAll();
}

void IpcRenderer::Dispatch(const IncomingMessage& message) {
  std::string_view channel = message.address.channel;
  IpcRendererEvent event(this, message.address.sender_id, ports_.Receive(message.port_ids));
  Dispatch(channel, event, IncomingParams(message.payload, channel, schemas_));
}

void IpcRenderer::Dispatch(std::string_view channel, IpcRendererEvent& event,
                           const IncomingParams& params) {
  listeners_.Emit(channel, [&](RawListener& listener) {
    absl::Status failure = RunCatching([&] { return listener(event, params); });
    if (!failure.ok()) LogFailure(channel, failure);
  });
}

void IpcRenderer::LogFailure(std::string_view channel, const absl::Status& failure) {
  log_(LogLevel::kError, absl::StrCat("Error occurred in listener for '", ToAbsl(channel),
                                      "': ", AsDetail(failure).message()));
}

Patience IpcRenderer::PatienceOf(const CallOptions& options, int64_t channel_ms,
                                 std::optional<milliseconds> otherwise) const {
  std::optional<milliseconds> timeout = options.timeout;
  if (!timeout && channel_ms != 0) timeout = milliseconds(channel_ms);
  if (!timeout) timeout = otherwise;
  return {timeout ? After(now_(), *timeout) : kForever, options.stop_token};
}

absl::Status IpcRenderer::SendPayload(std::string_view channel, const PayloadWriter& payload) {
  if (is_detached_) return FrameIsGone();
  return connection_.Send(AddressOf(channel), payload);
}

absl::Status IpcRenderer::SendPayloadTo(WebContentsId target, std::string_view channel,
                                        const PayloadWriter& payload) {
  if (is_detached_) return FrameIsGone();
  if (target == WebContentsId()) {
    return absl::InvalidArgumentError("sendTo to WebContents #0: main is reached by send");
  }
  return connection_.SendTo({.channel = channel, .frame_id = frame_id_, .target_id = target},
                            payload);
}

absl::Status IpcRenderer::SendPayloadToHost(std::string_view channel,
                                            const PayloadWriter& payload) {
  if (is_detached_) return FrameIsGone();
  if (embedder_id_ == WebContentsId()) {
    return absl::FailedPreconditionError("sendToHost in a renderer that has no embedder");
  }
  return connection_.SendToHost(AddressOf(channel), payload);
}

}  // namespace ipc
