#include "runtime/api/renderer_process.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/api/web_view.h"
#include "runtime/bindings/errors.h"
#include "runtime/core/endings.h"
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
  auto on_no_memory = [log = SafeLog(options.log)](const absl::Status& why) {
    log(LogLevel::kWarning,
        absl::StrCat("the system gives no memory to share: main is reached by another pipe, which "
                     "is slower: ",
                     why.message()));
  };
  absl::StatusOr<MainConnection> main = ConnectToMain(*std::move(socket), **loop,
                                                      {.role = options.role,
                                                       .token = options.token,
                                                       .schemas = options.schemas,
                                                       .limits = options.limits,
                                                       .pipes = options.pipes,
                                                       .on_no_memory = on_no_memory});
  if (!main.ok()) return main.status();
  return CreateOn(*std::move(loop), *std::move(main), options);
}

std::unique_ptr<RendererProcess> RendererProcess::CreateOn(std::unique_ptr<EventLoop> loop,
                                                           MainConnection main,
                                                           const RendererProcessOptions& options) {
  std::unique_ptr<RendererProcess> renderer(
      new RendererProcess(std::move(loop), {main.id, main.embedder_id}, options));
  renderer->connection_.Attach(std::move(main.pipe));
  return renderer;
}

RendererProcess::RendererProcess(std::unique_ptr<EventLoop> loop, Identity identity,
                                 const RendererProcessOptions& options)
    : loop_(std::move(loop)),
      id_(identity.id),
      embedder_id_(identity.embedder_id),
      max_frames_(options.limits.frames),
      log_(SafeLog(options.log)),
      ports_(
          [this](const FrameHeader& header, const PayloadWriter& payload) {
            return connection_.SendPortFrame(header, payload);
          },
          loop_->task_runner(), options.limits, log_),
      connection_(this, {.limits = options.limits,
                         .runner = loop_->task_runner(),
                         .now = [this] { return loop_->Now(); },
                         .ports = ports_.frames()}),
      frame_host_{.connection = connection_,
                  .blocking = blocking_,
                  .ipc_options = {.now = [this] { return loop_->Now(); },
                                  .sync_timeout = options.limits.sync_timeout,
                                  .invoke_timeout = options.invoke_timeout,
                                  .embedder_id = embedder_id_,
                                  .ports = &ports_,
                                  .log = log_},
                  .create = [this](RendererFrame& parent) { return CreateFrame(parent); },
                  .remove = [this](RendererFrame& frame) { RemoveFrame(frame); }},
      disconnected_("disconnected", log_) {
  loop_->SetSpinBudget(options.spin_budget);
  frames_[kMainFrame] = std::make_unique<RendererFrame>(frame_host_, kMainFrame, nullptr);
}

RendererProcess::~RendererProcess() {
  loop_->CancelTimer(tick_timer_);
  // What continuations refer to was often declared after this, and is gone.
  loop_->Close();
  connection_.Leave();
}

void RendererProcess::Run() {
  loop_->Run();
  connection_.Leave();
  ports_.OnDisconnected();
}

RendererFrame* RendererProcess::FindFrame(FrameId id) {
  auto found = frames_.find(id);
  return found == frames_.end() ? nullptr : found->second.get();
}

absl::StatusOr<RendererFrame*> RendererProcess::CreateFrame(RendererFrame& parent) {
  if (frames_.size() >= max_frames_) {
    return absl::ResourceExhaustedError(absl::StrCat("too many frames (", max_frames_, ")"));
  }
  const FrameId id(last_frame_id_.value() + 1);
  if (absl::Status told = connection_.AddFrame(id, parent.id()); !told.ok()) return told;
  last_frame_id_ = id;
  auto& frame = frames_[id];
  frame = std::make_unique<RendererFrame>(frame_host_, id, &parent);
  return frame.get();
}

void RendererProcess::RemoveFrame(RendererFrame& frame) {
  std::vector<RendererFrame*> gone = {&frame};
  for (auto& [id, other] : frames_) {
    const bool is_below = std::find(gone.begin(), gone.end(), other->parent()) != gone.end();
    if (is_below) gone.push_back(other.get());
  }
  for (RendererFrame* each : gone) each->Detach();
  // Children first: what their calls' continuations do finds their parents.
  for (auto each = gone.rbegin(); each != gone.rend(); ++each) {
    auto node = frames_.extract((*each)->id());
    connection_.RemoveFrame(node.key());
    // Its callbacks may be the ones that run.
    loop_->task_runner()->Post([frame = std::move(node.mapped())] {});
  }
}

void RendererProcess::OnSend(const IncomingMessage& message) {
  if (RendererFrame* frame = FindFrame(message.address.frame_id)) {
    return frame->ipc_renderer().Dispatch(message);
  }
  ports_.Receive(message.port_ids);  // for nobody: they close
}

void RendererProcess::OnInvoke(const IncomingMessage& message, Responder responder) {
  RendererFrame* frame = FindFrame(message.address.frame_id);
  if (frame == nullptr) return responder.Fail(AsDetail(FrameIsGone()));
  frame->ipc_renderer().DispatchInvoke(message, std::move(responder));
}

void RendererProcess::OnSendToHost(const IncomingMessage& message) {
  auto found = web_views_.find(message.address.sender_id);
  if (found != web_views_.end()) found->second->Dispatch(message);
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
  ports_.OnDisconnected();
  disconnected_.Emit(reason);
  loop_->Quit();
}

}  // namespace ipc
