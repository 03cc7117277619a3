#include "runtime/api/renderer_process.h"

#include <utility>

#include "runtime/bindings/errors.h"
#include "runtime/process/connect.h"

namespace ipc {
namespace {

absl::StatusOr<UniqueFd> OpenSocket(const RendererProcessOptions& options, MonotonicTime now) {
  if (!options.socket_path.empty()) {
    return ConnectToPath(options.socket_path, now + options.limits.hello_timeout);
  }
  absl::StatusOr<UniqueFd> inherited = TakeInheritedSocket();
  if (absl::IsNotFound(inherited.status())) {
    return absl::FailedPreconditionError(
        "this process was not launched by a main process; start it from there, or set "
        "RendererProcessOptions::socket_path");
  }
  return inherited;
}

}  // namespace

absl::StatusOr<std::unique_ptr<RendererProcess>> RendererProcess::Create(
    RendererProcessOptions options) {
  absl::StatusOr<std::unique_ptr<EventLoop>> loop = EventLoop::Create();
  if (!loop.ok()) return loop.status();
  absl::StatusOr<UniqueFd> socket = OpenSocket(options, (*loop)->Now());
  if (!socket.ok()) return socket.status();
  absl::StatusOr<MainConnection> main = ConnectToMain(*std::move(socket), (*loop)->task_runner(),
                                                      {.role = options.role,
                                                       .token = options.token,
                                                       .schemas = options.schemas,
                                                       .limits = options.limits});
  if (!main.ok()) return main.status();

  std::unique_ptr<RendererProcess> renderer(
      new RendererProcess(*std::move(loop), main->id, options));
  renderer->connection_.Attach(std::move(main->pipe));
  return renderer;
}

RendererProcess::RendererProcess(std::unique_ptr<EventLoop> loop, WebContentsId id,
                                 const RendererProcessOptions& options)
    : loop_(std::move(loop)),
      id_(id),
      log_(SafeLog(options.log)),
      connection_(this, {.limits = options.limits,
                         .runner = loop_->task_runner(),
                         .now = [this] { return loop_->Now(); }}),
      ipc_renderer_(connection_, blocking_,
                    {.now = [this] { return loop_->Now(); },
                     .sync_timeout = options.limits.sync_timeout,
                     .invoke_timeout = options.invoke_timeout,
                     .log = log_}),
      disconnected_("disconnected", log_) {}

RendererProcess::~RendererProcess() {
  loop_->CancelTimer(tick_timer_);
  // What continuations refer to was often declared after this, and is gone.
  loop_->Close();
  connection_.Leave();
}

void RendererProcess::Run() {
  loop_->Run();
  connection_.Leave();
}

void RendererProcess::OnSend(const IncomingMessage& message) { ipc_renderer_.Dispatch(message); }

void RendererProcess::OnInvoke(const IncomingMessage& message, Responder responder) {
  responder.Fail(NoHandlerDetail(message.address.channel));
}

// Connection does not let a SYNC frame through where nobody answers one.
void RendererProcess::OnSync(const IncomingMessage& message, Responder responder) {
  OnInvoke(message, std::move(responder));
}

void RendererProcess::OnNextTick(MonotonicTime when) {
  loop_->CancelTimer(tick_timer_);
  tick_timer_ = loop_->StartTimer(when, [this] { connection_.Tick(loop_->Now()); });
}

void RendererProcess::OnClosed(const absl::Status& reason) {
  disconnected_.Emit(reason);
  loop_->Quit();
}

}  // namespace ipc
