#include "runtime/api/web_contents.h"

#include "absl/strings/str_cat.h"
#include "runtime/api/web_contents_handle.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/errors.h"

namespace ipc {
namespace {

// Of a process and its connection, how long the one may outlive the other: a renderer that was told
// goodbye ends by itself, and what it said last arrives.
constexpr milliseconds kExitGrace{2'000};

ExitInfo ExitOfConnection(const absl::Status& reason) {
  return {reason.ok() ? ExitReason::kCleanExit : ExitReason::kAbnormalExit, 0};
}

}  // namespace

WebContents::WebContents(const Host& host, WebContentsId id, std::string role)
    : host_(host),
      id_(id),
      role_(std::move(role)),
      handle_(std::make_shared<WebContentsHandle>(this, id, host.loop.task_runner(), host.log)),
      ref_(handle_),
      ipc_(absl::StrCat("WebContents #", id.value()), host.schemas, host.log),
      ipc_message_("ipc-message", host.log),
      ipc_message_sync_("ipc-message-sync", host.log),
      did_attach_("did-attach", host.log),
      render_process_gone_("render-process-gone", host.log),
      destroyed_("destroyed", host.log),
      connection_(this, {.limits = host.limits,
                         .runner = host.loop.task_runner(),
                         .now = [&loop = host.loop] { return loop.Now(); },
                         .answers_sync = true,
                         .answer_timeout = host.invoke_timeout}) {}

WebContents::~WebContents() {
  host_.loop.CancelTimer(tick_timer_);
  host_.loop.CancelTimer(grace_timer_);
  handle_->Clear();
}

void WebContents::ForcefullyCrashRenderer() {
  if (process_) {
    process_->Kill();
  } else {
    connection_.Close(absl::UnavailableError("killed"));
  }
}

void WebContents::Close() {
  if (std::exchange(is_closed_, true)) return;
  if (state_ == State::kGone) return host_.destroy(id_);
  connection_.Close(absl::OkStatus());
}

void WebContents::SetProcess(std::unique_ptr<RendererHost> process) {
  process_ = std::move(process);
  process_id_ = process_->pid();
}

void WebContents::Attach(std::unique_ptr<Pipe> pipe, int32_t process_id) {
  if (state_ != State::kLaunching) return;  // it was closed while the renderer came
  state_ = State::kConnected;
  process_id_ = process_id;
  connection_.Attach(std::move(pipe));
  did_attach_.Emit();
}

void WebContents::FailLaunch(const absl::Status& reason) {
  if (state_ == State::kLaunching) connection_.Close(reason);
}

void WebContents::OnProcessExit(const ExitInfo& exit) {
  exit_ = exit;
  host_.loop.CancelTimer(grace_timer_);
  if (state_ == State::kClosing) return Gone();
  // What it said last, or its hello, may still be on its way; the end of its connection comes
  // behind.
  GiveGrace([this] { connection_.Close(absl::UnavailableError(ToAbsl(ToString(exit_->reason)))); });
}

absl::Status WebContents::SendPayload(FrameId frame_id, std::string_view channel,
                                      const PayloadWriter& payload) {
  return connection_.Send({.channel = channel, .frame_id = frame_id}, payload);
}

void WebContents::OnSend(const IncomingMessage& message) {
  if (!HasFrame(message.address)) return;
  IpcMainEvent event(OriginOf(message.address), nullptr);
  DispatchToListeners(message, event, ipc_message_);
}

void WebContents::OnSync(const IncomingMessage& message, Responder responder) {
  if (!HasFrame(message.address)) return;
  std::string_view channel = message.address.channel;
  auto reply = std::make_shared<SyncReply>(
      Answer(std::move(responder), message.payload.kind, channel, id_, host_.log));
  IpcMainEvent event(OriginOf(message.address), reply);
  if (DispatchToListeners(message, event, ipc_message_sync_)) return;
  reply->Refuse(NoHandlerDetail(channel));
  host_.log(LogLevel::kWarning,
            absl::StrCat("WebContents #", id_.value(), " called ipcRenderer.sendSync() with '",
                         ToAbsl(channel), "' channel without listeners."));
}

bool WebContents::DispatchToListeners(const IncomingMessage& message, IpcMainEvent& event,
                                      MessageEvent& observers) {
  std::string_view channel = message.address.channel;
  IncomingParams params(message.payload, host_.schemas->Find(channel));
  const bool is_observed = observers.has_observers();
  if (is_observed && params.args().ok()) {
    observers.Emit(event, channel, *params.args());
  } else if (is_observed) {
    ipc_.NoteFailure(channel, event, params.args().status());
  }
  const bool is_heard_here = ipc_.Dispatch(channel, event, params);
  const bool is_heard_by_main = host_.ipc_main.Dispatch(channel, event, params);
  return is_observed || is_heard_here || is_heard_by_main;
}

void WebContents::OnInvoke(const IncomingMessage& message, Responder responder) {
  if (!HasFrame(message.address)) return;
  std::string_view channel = message.address.channel;
  IpcMainInvokeEvent event(OriginOf(message.address), responder.deadline(), responder.stop_token());
  Answer answer(std::move(responder), message.payload.kind, channel, id_, host_.log);
  auto handler = ipc_.FindHandler(channel);
  if (handler == nullptr) handler = host_.ipc_main.FindHandler(channel);
  if (handler == nullptr) return answer.Refuse(NoHandlerDetail(channel));
  IncomingParams params(message.payload, host_.schemas->Find(channel));
  (*handler)(event, params, std::move(answer));
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
  tick_timer_ = host_.loop.StartTimer(when, [this] { connection_.Tick(host_.loop.Now()); });
}

void WebContents::OnClosed(const absl::Status& reason) {
  end_ = reason;
  if (!reason.ok() && !is_closed_ && !exit_ && state_ == State::kConnected) {
    host_.log(LogLevel::kWarning, absl::StrCat("the connection of WebContents #", id_.value(),
                                               " has ended: ", reason.message()));
  }
  const bool was_launching = std::exchange(state_, State::kClosing) == State::kLaunching;
  host_.loop.CancelTimer(grace_timer_);
  if (process_ == nullptr) exit_ = ExitOfConnection(reason);
  if (exit_) {
    // Not from inside the connection's own callback: observers may send, or close.
    host_.loop.task_runner()->Post([ref = ref_] {
      if (WebContents* self = ref.get()) self->Gone();
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
  render_process_gone_.Emit({exit_->reason, exit_->code, std::string(ToStd(end_.message()))});
  if (is_closed_ || process_ == nullptr) host_.destroy(id_);
}

MessageOrigin WebContents::OriginOf(const Address& address) const {
  return MessageOrigin(ref_, process_id_, address.frame_id);
}

bool WebContents::HasFrame(const Address& address) {
  if (address.frame_id == kMainFrame) return true;
  connection_.Close(absl::InvalidArgumentError(
      absl::StrCat("a message from frame ", address.frame_id.value(), ", which does not exist")));
  return false;
}

}  // namespace ipc
