#include "runtime/api/main_process.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "runtime/api/inproc_renderer.h"
#include "runtime/api/launched_renderer.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

// Longer than a process has to end before it is killed; a thread that goes on cannot be.
constexpr milliseconds kQuitTimeout{3'000};

MainProcessOptions WithSafeLog(MainProcessOptions options) {
  options.log = SafeLog(std::move(options.log));
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MainProcess>> MainProcess::Create(MainProcessOptions options) {
  absl::StatusOr<std::unique_ptr<EventLoop>> loop = EventLoop::Create();
  if (!loop.ok()) return loop.status();
  return std::unique_ptr<MainProcess>(new MainProcess(*std::move(loop), std::move(options)));
}

MainProcess::MainProcess(std::unique_ptr<EventLoop> loop, MainProcessOptions options)
    : loop_(std::move(loop)),
      options_(WithSafeLog(std::move(options))),
      schemas_(std::make_shared<SchemaTable>()),
      ipc_main_("IpcMain", schemas_, options_.log),
      web_contents_created_("web-contents-created", options_.log),
      host_{.loop = *loop_,
            .ipc_main = ipc_main_,
            .schemas = schemas_,
            .limits = options_.limits,
            .invoke_timeout = options_.invoke_timeout,
            .log = options_.log,
            .destroy = [this](WebContentsId id) { DestroyLater(id); }} {}

MainProcess::~MainProcess() {
  loop_->CancelTimer(quit_timer_);
  acceptances_.clear();
  // One at a time, and each out of the map before it goes: handlers that are stopped may look
  // around.
  while (!contents_.empty()) auto last = contents_.extract(contents_.begin());
}

WebContentsId MainProcess::NextId() {
  last_id_ = WebContentsId(last_id_.value() + 1);
  return last_id_;
}

WebContents& MainProcess::AddWebContents(WebContentsId id, std::string role) {
  auto& contents = contents_[id];
  contents = std::make_unique<WebContents>(host_, id, std::move(role));
  return *contents;
}

absl::StatusOr<WebContents*> MainProcess::Launch(const RendererOptions& options) {
  if (absl::Status may = CheckMayGrow(); !may.ok()) return may;
  WebContentsId id = NextId();
  absl::StatusOr<ChildProcess::Launched> launched =
      ChildProcess::Launch(*loop_,
                           {.program = options.program,
                            .args = options.args,
                            .environment = options.environment,
                            .working_directory = options.working_directory},
                           [this, id](const ExitInfo& exit) {
                             if (WebContents* contents = FromId(id)) contents->OnProcessExit(exit);
                           });
  if (!launched.ok()) return launched.status();

  WebContents& contents = AddWebContents(id, options.role);
  contents.SetProcess(std::make_unique<LaunchedRenderer>(std::move(launched->child)));
  AcceptLaunched(contents, std::move(launched->socket));
  web_contents_created_.Emit(contents);
  return &contents;
}

void MainProcess::AcceptLaunched(WebContents& contents, UniqueFd socket) {
  WebContentsId id = contents.id();
  AcceptOptions options;
  options.limits = options_.limits;
  options.admit = [id, role = contents.role()](
                      const Hello& hello, const PeerCredentials&) -> absl::StatusOr<WebContentsId> {
    if (hello.role == role) return id;
    return absl::PermissionDeniedError(
        absl::StrCat("launched as '", role, "', said it was '", hello.role, "'"));
  };
  acceptances_[id] = std::make_unique<Acceptance>(
      *loop_, std::move(socket), options, [this, id](absl::StatusOr<Arrival> arrival) {
        acceptances_.erase(id);
        WebContents* contents = FromId(id);
        if (contents == nullptr) return;
        if (!arrival.ok()) return contents->FailLaunch(arrival.status());
        CompareSchemas(id, arrival->hello.schemas);
        contents->Attach(std::move(arrival->pipe), contents->process_id());
      });
}

absl::StatusOr<WebContents*> MainProcess::LaunchInproc(std::function<void(RendererProcess&)> body,
                                                       std::string role) {
  if (absl::Status may = CheckMayGrow(); !may.ok()) return may;
  WebContentsId id = NextId();
  RendererProcessOptions renderer;
  renderer.role = role;
  renderer.limits = options_.limits;
  renderer.log = options_.log;
  absl::StatusOr<std::unique_ptr<InprocRenderer>> process =
      InprocRenderer::Create({.id = id,
                              .body = std::move(body),
                              .renderer = std::move(renderer),
                              .main_loop = *loop_,
                              .on_exit = [this, id](const ExitInfo& exit) {
                                if (WebContents* contents = FromId(id))
                                  contents->OnProcessExit(exit);
                              }});
  if (!process.ok()) return process.status();

  WebContents& contents = AddWebContents(id, std::move(role));
  InprocRenderer* renderer_thread = process->get();
  contents.SetProcess(*std::move(process));
  web_contents_created_.Emit(contents);
  // As for a process, its hello comes from the loop.
  loop_->task_runner()->Post([this, id, renderer_thread] {
    if (WebContents* contents = FromId(id)) {
      contents->Attach(renderer_thread->TakePipe(), contents->process_id());
    }
  });
  return &contents;
}

absl::Status MainProcess::Listen(ListenOptions options) {
  if (front_door_) return absl::FailedPreconditionError("this main listens already");
  FrontDoor::Options door;
  door.path = options.path;
  door.accept.limits = options_.limits;
  door.accept.allow_grpc_clients = options.allow_grpc_clients;
  door.accept.admit = [this, admit = std::move(options.admit)](const Hello& hello,
                                                               const PeerCredentials& peer) {
    return Admit(admit, {hello.role, hello.token, peer});
  };
  door.on_refused = [log = options_.log](const PeerCredentials& peer, const absl::Status& reason) {
    log(LogLevel::kWarning,
        absl::StrCat("refused a connection of process ", peer.pid, ": ", reason.message()));
  };
  absl::StatusOr<std::unique_ptr<FrontDoor>> created = FrontDoor::Create(
      *loop_, std::move(door), [this](Arrival arrival) { OnArrival(std::move(arrival)); });
  if (!created.ok()) return created.status();
  front_door_ = *std::move(created);
  return absl::OkStatus();
}

absl::StatusOr<WebContentsId> MainProcess::Admit(
    const std::function<absl::Status(const AttachRequest&)>& admit, const AttachRequest& request) {
  absl::Status admitted = admit ? RunCatching([&] { return admit(request); }) : absl::OkStatus();
  if (!admitted.ok()) return admitted;
  return NextId();
}

void MainProcess::OnArrival(Arrival arrival) {
  WebContents& contents = AddWebContents(arrival.id, arrival.hello.role);
  CompareSchemas(arrival.id, arrival.hello.schemas);
  web_contents_created_.Emit(contents);
  contents.Attach(std::move(arrival.pipe), arrival.peer.pid);
}

void MainProcess::CompareSchemas(WebContentsId id, const std::vector<SchemaDigest>& theirs) {
  absl::flat_hash_map<std::string, uint64_t> ours;
  for (const SchemaDigest& schema : options_.schemas) ours[schema.name] = schema.digest;
  for (const SchemaDigest& schema : theirs) {
    auto found = ours.find(schema.name);
    if (found == ours.end() || found->second == schema.digest) continue;
    options_.log(LogLevel::kWarning,
                 absl::StrCat("WebContents #", id.value(), " was built with another version of ",
                              schema.name));
  }
}

WebContents* MainProcess::FromId(WebContentsId id) {
  auto found = contents_.find(id);
  return found == contents_.end() ? nullptr : found->second.get();
}

std::vector<WebContents*> MainProcess::GetAllWebContents() {
  std::vector<WebContents*> all;
  for (auto& [id, contents] : contents_) all.push_back(contents.get());
  return all;
}

void MainProcess::DestroyLater(WebContentsId id) {
  loop_->task_runner()->Post([this, id] {
    WebContents* contents = FromId(id);
    if (contents == nullptr) return;
    contents->destroyed_.Emit();
    contents_.erase(id);
    if (is_quitting_ && contents_.empty()) FinishQuit();
  });
}

void MainProcess::Quit() {
  loop_->task_runner()->Post([this] { CloseAll(); });
}

void MainProcess::CloseAll() {
  if (std::exchange(is_quitting_, true)) return;
  front_door_.reset();
  if (contents_.empty()) return FinishQuit();
  for (WebContents* contents : GetAllWebContents()) contents->Close();
  quit_timer_ = loop_->StartTimer(loop_->Now() + kQuitTimeout, [this] { FinishQuit(); });
}

void MainProcess::FinishQuit() {
  loop_->CancelTimer(quit_timer_);
  is_quitting_ = false;
  loop_->Quit();
}

absl::Status MainProcess::CheckMayGrow() const {
  if (is_quitting_) return absl::FailedPreconditionError("this main is quitting");
  return absl::OkStatus();
}

}  // namespace ipc
