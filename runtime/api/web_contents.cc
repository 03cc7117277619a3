#include "runtime/api/web_contents.h"

#include "absl/strings/str_cat.h"
#include "runtime/api/channel_policy.h"
#include "runtime/api/relay.h"
#include "runtime/api/web_contents_handle.h"
#include "runtime/base/recycler.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/call_handler.h"
#include "runtime/bindings/errors.h"
#include "runtime/core/endings.h"

namespace ipc {
namespace {

// Of a process and its connection, how long the one may outlive the other: a renderer that was told
// goodbye ends by itself, and what it said last arrives. With what the kernel needs to end a
// process that did not, main has left within two seconds.
constexpr milliseconds kExitGrace{1'500};

ExitInfo ExitOfConnection(const absl::Status& reason) {
  return {reason.ok() ? ExitReason::kCleanExit : ExitReason::kAbnormalExit, 0};
}

}  // namespace

WebContents::WebContents(const Host& host, Identity identity, LaunchPlan launch_plan)
    : host_(host),
      id_(identity.id),
      answer_log_(std::make_shared<const LogSink>(host.log)),
      role_(std::move(identity.role)),
      embedder_id_(identity.embedder_id),
      launch_plan_(std::move(launch_plan)),
      handle_(MakeHandle()),
      process_handle_(MakeHandle()),
      ref_(handle_),
      ipc_(absl::StrCat("WebContents #", id_.value()), host.schemas, host.log),
      frames_(host.limits.frames,
              [this](FrameId frame_id, std::shared_ptr<WebFrameMain> parent) {
                return MakeFrame(frame_id, std::move(parent));
              }),
      ipc_message_("ipc-message", host.log),
      ipc_message_sync_("ipc-message-sync", host.log),
      did_attach_("did-attach", host.log),
      unresponsive_("unresponsive", host.log),
      responsive_("responsive", host.log),
      render_process_gone_("render-process-gone", host.log),
      destroyed_("destroyed", host.log),
      connection_(MakeConnection()),
      pinger_(host.loop, host.ping, PingerUpcalls()) {}

WebContents::~WebContents() {
  host_.loop.CancelTimer(tick_timer_);
  host_.loop.CancelTimer(grace_timer_);
  process_handle_->Clear();
  handle_->Clear();
}

std::shared_ptr<WebContentsHandle> WebContents::MakeHandle() {
  return std::make_shared<WebContentsHandle>(this, id_, host_.loop.task_runner(), host_.log);
}

std::unique_ptr<Connection> WebContents::MakeConnection() {
  // The old renderer's close: it is heard no more.
  ports_.reset();
  ports_ = std::make_unique<RemotePortHome>(
      host_.ports.table(), id_, [this](const FrameHeader& header, const PayloadWriter& payload) {
        return connection_->SendPortFrame(header, payload);
      });
  Connection::Delegate* delegate = this;
  return std::make_unique<Connection>(
      delegate, Connection::Options{.limits = host_.limits,
                                    .runner = host_.loop.task_runner(),
                                    .now = [&loop = host_.loop] { return loop.Now(); },
                                    .is_main = true,
                                    .ports = ports_.get(),
                                    .answer_timeout = host_.invoke_timeout});
}

Pinger::Upcalls WebContents::PingerUpcalls() {
  return {.ping = [this](CallId id) { connection_->Ping(id); },
          .unresponsive = [this] { unresponsive_.Emit(); },
          .responsive = [this] { responsive_.Emit(); }};
}

void WebContents::ForcefullyCrashRenderer() {
  if (process_) {
    process_->Kill();
  } else {
    connection_->Close(absl::UnavailableError("killed"));
  }
}

void WebContents::Close() {
  if (std::exchange(is_closed_, true)) return;
  if (state_ == State::kGone) return DestroyIfOver();
  connection_->Close(absl::OkStatus());
}

absl::Status WebContents::Start() {
  absl::StatusOr<std::unique_ptr<RendererHost>> process = LaunchProcess(launch_);
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  process_id_ = process_->pid();
  return absl::OkStatus();
}

struct WebContents::Replaced {
  Launch launch;
  std::unique_ptr<Connection> connection;
  std::unique_ptr<RendererHost> process;
  bool has_exited;
  milliseconds grace;
};

absl::Status WebContents::Reload() {
  if (!launch_plan_) {
    return absl::FailedPreconditionError("a renderer that came in by itself cannot be reloaded");
  }
  if (is_closed_) return absl::FailedPreconditionError("this WebContents is closed");
  const Launch next(launch_.value() + 1);
  absl::StatusOr<std::unique_ptr<RendererHost>> process = LaunchProcess(next);
  if (!process.ok()) return process.status();

  Replaced old = Replace(next, *std::move(process));
  Connection& connection = *old.connection;
  LetGo(std::move(old));
  connection.Leave();  // last: those whose calls end may reload once more, or close
  return absl::OkStatus();
}

WebContents::Replaced WebContents::Replace(Launch next, std::unique_ptr<RendererHost> process) {
  pinger_.Stop();
  host_.loop.CancelTimer(tick_timer_);
  host_.loop.CancelTimer(grace_timer_);
  Replaced old{.launch = std::exchange(launch_, next),
               .connection = std::exchange(connection_, MakeConnection()),
               .process = std::exchange(process_, std::move(process)),
               .has_exited = exit_.has_value(),
               .grace = std::exchange(has_said_hello_, false) ? kExitGrace : milliseconds(0)};
  process_id_ = process_->pid();
  frames_.RemoveChildren();
  std::exchange(process_handle_, MakeHandle())->Clear();
  state_ = State::kLaunching;
  exit_.reset();
  end_ = absl::OkStatus();
  return old;
}

void WebContents::LetGo(Replaced old) {
  if (old.has_exited) {
    // Not here: this may be inside an upcall of either.
    host_.loop.task_runner()->Post(
        [connection = std::move(old.connection), process = std::move(old.process)] {});
  } else {
    leaving_[old.launch] = std::make_unique<LeavingRenderer>(host_.loop, std::move(old.connection),
                                                             std::move(old.process), old.grace);
  }
}

absl::StatusOr<std::unique_ptr<RendererHost>> WebContents::LaunchProcess(Launch launch) {
  return launch_plan_({.on_arrival =
                           [this, launch](absl::StatusOr<Arrival> arrival) {
                             OnArrival(launch, std::move(arrival));
                           },
                       .on_exit = [this, launch](const ExitInfo& exit) { OnExit(launch, exit); }});
}

void WebContents::OnArrival(Launch launch, absl::StatusOr<Arrival> arrival) {
  if (launch != launch_) return;
  if (arrival.ok()) return Arrive(*std::move(arrival));
  if (state_ == State::kLaunching) connection_->Close(arrival.status());
}

void WebContents::Arrive(Arrival arrival) {
  if (state_ != State::kLaunching) return;  // it was closed while the renderer came
  state_ = State::kConnected;
  has_said_hello_ = true;
  if (process_ == nullptr) process_id_ = arrival.peer.pid;
  host_.on_hello(id_, arrival.hello);
  connection_->Attach(std::move(arrival.pipe));
  pinger_.Start();
  did_attach_.Emit();
}

void WebContents::OnExit(Launch launch, const ExitInfo& exit) {
  if (launch == launch_) return OnExit(exit);
  leaving_.erase(launch);
  DestroyIfOver();
}

void WebContents::OnExit(const ExitInfo& exit) {
  exit_ = exit;
  host_.loop.CancelTimer(grace_timer_);
  if (state_ == State::kClosing) return Gone();
  // What it said last, or its hello, may still be on its way; the end of its connection comes
  // behind.
  GiveGrace(
      [this] { connection_->Close(absl::UnavailableError(ToAbsl(ToString(exit_->reason)))); });
}

absl::Status WebContents::SendPayload(FrameId frame_id, std::string_view channel,
                                      const PayloadWriter& payload) {
  return connection_->Send({.channel = channel, .frame_id = frame_id}, payload);
}

std::function<void()> WebContents::StartCall(FrameId frame_id, std::string_view channel,
                                             const PayloadWriter& payload,
                                             const CallOptions& options, ReplyCallback done) {
  const MonotonicTime deadline =
      After(host_.loop.Now(), options.timeout.value_or(host_.limits.ask_timeout));
  // The Connection keeps `done` only when the call begins.
  auto shared = std::make_shared<ReplyCallback>(std::move(done));
  absl::StatusOr<CallId> id = connection_->Invoke(
      {.channel = channel, .frame_id = frame_id}, payload, {deadline, options.stop_token},
      [shared](const Reply& reply) { (*shared)(reply); });
  if (!id.ok()) {
    (*shared)(Reply{AsDetail(id.status()), {}, channel});
    return [] {};
  }
  if (calls_in_sync_) {
    calls_in_sync_->push_back(*id);
  } else if (std::optional<std::string_view> sync = connection_->open_sync()) {
    host_.log(LogLevel::kWarning, absl::StrCat("WebContents #", id_.value(), " is asked '",
                                               ToAbsl(channel), "' while it waits in sendSync('",
                                               ToAbsl(*sync), "'): it answers after that"));
  }
  return connection_->CancelOf(*id);
}

void WebContents::EndCallsThatWaitForEachOther(const std::vector<CallId>& begun) {
  std::optional<std::string_view> sync = connection_->open_sync();
  if (!sync) return;
  const absl::Status why = absl::FailedPreconditionError(
      absl::StrCat("WebContents #", id_.value(), " waits in sendSync('", ToAbsl(*sync),
                   "'), and answers nothing before that is answered"));
  for (CallId id : begun) connection_->GiveUp(id, why);
}

void WebContents::OnFrameAdded(FrameId id, FrameId parent) {
  if (absl::Status added = frames_.Add(id, parent); !added.ok()) {
    connection_->Close(absl::InvalidArgumentError(added.message()));
  }
}

void WebContents::OnFrameRemoved(FrameId id) {
  absl::StatusOr<std::vector<FrameId>> removed = frames_.Remove(id);
  if (!removed.ok()) return connection_->Close(removed.status());
  for (FrameId each : *removed) connection_->EndCallsOf(each);
}

void WebContents::OnSendTo(const IncomingMessage& message) {
  if (FrameOf(message.address)) host_.relay.SendTo(*this, message);
}

void WebContents::OnSendToHost(const IncomingMessage& message) {
  if (FrameOf(message.address)) host_.relay.SendToHost(*this, message);
}

absl::Status WebContents::PostMessageToFrame(FrameId frame_id, std::string_view channel,
                                             const Value& message,
                                             absl::Span<const MessagePort> transfer) {
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromArgs({message});
  if (!payload.ok()) return payload.status();
  return host_.ports.Send(id_, transfer, [&](absl::Span<const PortId> ports) {
    return connection_->Send({.channel = channel, .frame_id = frame_id}, *payload, ports);
  });
}

void WebContents::OnSend(const IncomingMessage& message) {
  std::shared_ptr<WebFrameMain> frame = FrameOf(message.address);
  if (frame == nullptr) return;
  absl::StatusOr<std::vector<MessagePort>> ports = host_.ports.Receive(id_, message.port_ids);
  if (!ports.ok()) return connection_->Close(ports.status());
  IpcMainEvent event(OriginOf(std::move(frame)), nullptr, *std::move(ports));
  if (!host_.policy.IsAllowed(event, message.address.channel)) return;
  DispatchToListeners(message, event, ipc_message_);
}

void WebContents::OnSync(const IncomingMessage& message, Responder responder) {
  std::shared_ptr<WebFrameMain> frame = FrameOf(message.address);
  if (frame == nullptr) return;
  std::string_view channel = message.address.channel;
  auto reply =
      MakeRecycled<SyncReply>(Answer(std::move(responder), message.payload.kind, id_, answer_log_));
  bool is_heard = false;
  std::vector<CallId> begun;
  {
    IpcMainEvent event(OriginOf(std::move(frame)), reply);
    if (!host_.policy.IsAllowed(event, channel)) return reply->Refuse(NotAllowedDetail(channel));
    calls_in_sync_ = &begun;
    is_heard = DispatchToListeners(message, event, ipc_message_sync_);
    calls_in_sync_ = nullptr;
  }
  if (is_heard) return EndCallsThatWaitForEachOther(begun);
  reply->Refuse(NoHandlerDetail(channel));
  host_.log(LogLevel::kWarning,
            absl::StrCat("WebContents #", id_.value(), " called ipcRenderer.sendSync() with '",
                         ToAbsl(channel), "' channel without listeners."));
}

bool WebContents::DispatchToListeners(const IncomingMessage& message, IpcMainEvent& event,
                                      MessageEvent& observers) {
  std::string_view channel = message.address.channel;
  const bool is_observed = observers.has_observers();
  // Who is the only one to hear it may have its bytes; looked at only where that saves a copy.
  const bool has_one_reader = !message.payload.bytes.is_whole() && !is_observed &&
                              event.sender_frame()->ipc().ListenerCount(channel) +
                                      ipc_.ListenerCount(channel) +
                                      host_.ipc_main.ListenerCount(channel) ==
                                  1;
  IncomingParams params(has_one_reader ? message.payload.Yielded() : message.payload, channel,
                        *host_.schemas);
  if (is_observed && params.args().ok()) {
    observers.Emit(event, channel, *params.args());
  } else if (is_observed) {
    ipc_.NoteFailure(channel, event, params.args().status());
  }
  const bool is_heard_by_frame = event.sender_frame()->ipc().Dispatch(channel, event, params);
  const bool is_heard_here = ipc_.Dispatch(channel, event, params);
  const bool is_heard_by_main = host_.ipc_main.Dispatch(channel, event, params);
  return is_observed || is_heard_by_frame || is_heard_here || is_heard_by_main;
}

void WebContents::OnInvoke(const IncomingMessage& message, Responder responder) {
  std::shared_ptr<WebFrameMain> frame = FrameOf(message.address);
  if (frame == nullptr) return;
  std::string_view channel = message.address.channel;
  IpcMainInvokeEvent event(OriginOf(frame), responder.call());
  Answer answer(std::move(responder), message.payload.kind, id_, answer_log_);
  if (!host_.policy.IsAllowed(event, channel)) return answer.Refuse(NotAllowedDetail(channel));
  auto handler = frame->ipc().FindHandler(channel);
  if (handler == nullptr) handler = ipc_.FindHandler(channel);
  if (handler == nullptr) handler = host_.ipc_main.FindHandler(channel);
  if (handler == nullptr) return answer.Refuse(NoHandlerDetail(channel));
  IncomingParams params(message.payload.Yielded(), channel, *host_.schemas);
  CallHandler(std::move(handler), std::move(event), params, std::move(answer));
}

void WebContents::OnQuotaReached(std::string_view oldest) {
  host_.log(LogLevel::kWarning,
            absl::StrCat("WebContents #", id_.value(), " waits for ", host_.limits.calls_in_flight,
                         " calls, as many as it may have in flight: further ones are refused. The "
                         "oldest that has no answer is '",
                         ToAbsl(oldest), "'."));
}

void WebContents::OnNextTick(MonotonicTime when) {
  host_.loop.CancelTimer(tick_timer_);
  tick_timer_ = host_.loop.StartTimer(when, [this] { connection_->Tick(host_.loop.Now()); });
}

void WebContents::OnClosed(const absl::Status& reason) {
  pinger_.Stop();
  ports_->Close();
  end_ = reason;
  if (!reason.ok() && !is_closed_ && state_ == State::kConnected) {
    host_.log(LogLevel::kWarning, absl::StrCat("the connection of WebContents #", id_.value(),
                                               " has ended: ", reason.message()));
  }
  const bool was_launching = std::exchange(state_, State::kClosing) == State::kLaunching;
  host_.loop.CancelTimer(grace_timer_);
  if (process_ == nullptr) exit_ = ExitOfConnection(reason);
  if (exit_) {
    // Not from inside the connection's own callback: observers may send, or close.
    host_.loop.task_runner()->Post([ref = ref_, launch = launch_] {
      WebContents* self = ref.get();
      if (self != nullptr && self->launch_ == launch) self->Gone();
    });
  } else if (was_launching || absl::IsInvalidArgument(reason)) {
    process_->Kill();  // it never came in, or it speaks something else
  } else {
    GiveGrace([this] { process_->Kill(); });
  }
}

void WebContents::GiveGrace(Task then) {
  grace_timer_ = host_.loop.StartTimer(host_.loop.Now() + kExitGrace, std::move(then));
}

void WebContents::Gone() {
  state_ = State::kGone;
  frames_.RemoveChildren();
  const bool never_came = !has_said_hello_ && !is_closed_;
  render_process_gone_.Emit({never_came ? ExitReason::kLaunchFailed : exit_->reason, exit_->code,
                             std::string(ToStd(end_.message()))});
  DestroyIfOver();
}

void WebContents::DestroyIfOver() {
  const bool is_over = is_closed_ || launch_plan_ == nullptr;
  if (state_ == State::kGone && is_over && leaving_.empty()) host_.destroy(id_);
}

std::shared_ptr<WebFrameMain> WebContents::MakeFrame(FrameId id,
                                                     std::shared_ptr<WebFrameMain> parent) {
  auto ipc = std::make_unique<IpcMain>(
      absl::StrCat("frame ", id.value(), " of WebContents #", id_.value()), host_.schemas,
      host_.log);
  return std::make_shared<WebFrameMain>(ref_, id, std::move(parent), std::move(ipc));
}

MessageOrigin WebContents::OriginOf(std::shared_ptr<WebFrameMain> frame) const {
  const FrameId id = frame->frame_id();
  return MessageOrigin(ref_, WebContentsRef(process_handle_), process_id_, id, std::move(frame));
}

std::shared_ptr<WebFrameMain> WebContents::FrameOf(const Address& address) {
  std::shared_ptr<WebFrameMain> frame = frames_.Find(address.frame_id);
  if (frame == nullptr) {
    connection_->Close(absl::InvalidArgumentError(
        absl::StrCat("a message from frame ", address.frame_id.value(), ", which does not exist")));
  }
  return frame;
}

}  // namespace ipc
