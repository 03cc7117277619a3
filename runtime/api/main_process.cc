#include "runtime/api/main_process.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "runtime/api/inproc_renderer.h"
#include "runtime/api/launched_renderer.h"
#include "runtime/base/exception.h"

namespace ipc {
namespace {

// Longer than a process has to end before it is killed; a thread that goes on cannot be.
constexpr milliseconds kQuitTimeout{2'000};

MainProcessOptions WithSafeLog(MainProcessOptions options) {
  options.log = SafeLog(std::move(options.log));
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<MainProcess>> MainProcess::Create(MainProcessOptions options) {
  absl::StatusOr<std::unique_ptr<EventLoop>> loop = EventLoop::Create();
  if (!loop.ok()) return loop.status();
  return CreateOn(*std::move(loop), std::move(options));
}

std::unique_ptr<MainProcess> MainProcess::CreateOn(std::unique_ptr<EventLoop> loop,
                                                   MainProcessOptions options) {
  return std::unique_ptr<MainProcess>(new MainProcess(std::move(loop), std::move(options)));
}

MainProcess::MainProcess(std::unique_ptr<EventLoop> loop, MainProcessOptions options)
    : loop_(std::move(loop)),
      grpc_(ShareGrpc(*loop_)),
      options_(WithSafeLog(std::move(options))),
      schemas_(std::make_shared<SchemaTable>()),
      ports_(loop_->task_runner(), options_.limits, options_.log),
      ipc_main_("IpcMain", schemas_, options_.log),
      web_contents_created_("web-contents-created", options_.log),
      policy_(options_.allow, options_.log),
      relay_([this](WebContentsId id) { return FromId(id); }, options_.allow_send_to, options_.log),
      host_{.loop = *loop_,
            .ipc_main = ipc_main_,
            .schemas = schemas_,
            .ports = ports_,
            .limits = options_.limits,
            .invoke_timeout = options_.invoke_timeout,
            .ping = {.interval = options_.ping_interval,
                     .unresponsive_after = options_.unresponsive_after},
            .log = options_.log,
            .on_hello = [this](WebContentsId id, const Hello& hello) { CompareSchemas(id, hello); },
            .destroy = [this](WebContentsId id) { DestroyLater(id); },
            .policy = policy_,
            .relay = relay_} {
  loop_->SetSpinBudget(options_.spin_budget);
}

MainProcess::~MainProcess() {
  loop_->CancelTimer(quit_timer_);
  // One at a time, and each out of the map before it goes: handlers that are stopped may look
  // around.
  while (!contents_.empty()) auto last = contents_.extract(contents_.begin());
}

WebContentsId MainProcess::NextId() {
  last_id_ = WebContentsId(last_id_.value() + 1);
  return last_id_;
}

absl::StatusOr<WebContents*> MainProcess::Launch(const RendererOptions& options) {
  const WebContents::Identity identity{NextId(), options.role, options.embedder_id};
  const LaunchOptions process{.program = options.program,
                              .args = options.args,
                              .inherit_environment = options.inherit_environment,
                              .unset_environment = options.unset_environment,
                              .environment = options.environment,
                              .working_directory = options.working_directory};
  return AddLaunched(identity, [this, process, accept = AcceptLaunched(identity, options.pipes)](
                                   RendererHost::Upcalls upcalls) {
    return LaunchedRenderer::Launch(*loop_, process, accept, std::move(upcalls));
  });
}

AcceptOptions MainProcess::AcceptLaunched(const WebContents::Identity& identity,
                                          const std::vector<PipeKind>& pipes) {
  AcceptOptions options;
  options.limits = options_.limits;
  options.pipes = pipes;
  options.grpc = grpc_;
  options.on_no_memory = [this](const absl::Status& why) { NoteNoMemory(why); };
  options.admit = [identity](const Hello& hello,
                             const PeerCredentials&) -> absl::StatusOr<Admission> {
    if (hello.role == identity.role) return Admission(identity.id, identity.embedder_id);
    return absl::PermissionDeniedError(
        absl::StrCat("launched as '", identity.role, "', said it was '", hello.role, "'"));
  };
  return options;
}

absl::StatusOr<WebContents*> MainProcess::LaunchInproc(std::function<void(RendererProcess&)> body,
                                                       std::string role,
                                                       WebContentsId embedder_id) {
  return LaunchIn(
      [this, body = std::move(body)](const Admission& admission,
                                     const RendererProcessOptions& options,
                                     RendererHost::Upcalls upcalls) {
        return InprocRenderer::Launch({.id = admission.id,
                                       .embedder_id = admission.embedder_id,
                                       .body = body,
                                       .renderer = options,
                                       .main_loop = *loop_},
                                      std::move(upcalls));
      },
      std::move(role), embedder_id);
}

absl::StatusOr<WebContents*> MainProcess::LaunchIn(HostLaunch host, std::string role,
                                                   WebContentsId embedder_id) {
  RendererProcessOptions options;
  options.role = role;
  options.limits = options_.limits;
  options.log = options_.log;
  const Admission admission(NextId(), embedder_id);
  return AddLaunched({admission.id, std::move(role), embedder_id},
                     [host = std::move(host), admission, options](RendererHost::Upcalls upcalls) {
                       return host(admission, options, std::move(upcalls));
                     });
}

absl::StatusOr<WebContents*> MainProcess::AddLaunched(WebContents::Identity identity,
                                                      LaunchPlan plan) {
  if (absl::Status may = CheckMayGrow(); !may.ok()) return may;
  if (absl::Status there = CheckEmbedder(identity.embedder_id); !there.ok()) return there;
  const WebContentsId id = identity.id;
  auto contents = std::make_unique<WebContents>(host_, std::move(identity), std::move(plan));
  if (absl::Status started = contents->Start(); !started.ok()) return started;
  WebContents& added = *(contents_[id] = std::move(contents));
  web_contents_created_.Emit(added);
  return &added;
}

absl::Status MainProcess::Listen(ListenOptions options) {
  if (front_door_) return absl::FailedPreconditionError("this main listens already");
  FrontDoor::Options door;
  door.path = options.path;
  door.accept.limits = options_.limits;
  door.accept.pipes = options.pipes;
  door.accept.grpc = grpc_;
  door.accept.on_no_memory = [this](const absl::Status& why) { NoteNoMemory(why); };
  door.accept.allow_grpc_clients = options.allow_grpc_clients;
  door.accept.admit = [this, options](const Hello& hello, const PeerCredentials& peer) {
    return Admit(options, {hello.role, hello.token, peer});
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

void MainProcess::NoteNoMemory(const absl::Status& why) {
  if (std::exchange(has_told_of_memory_, true)) return;
  options_.log(LogLevel::kWarning,
               absl::StrCat("the system gives no memory to share: renderers come by another pipe, "
                            "which is slower: ",
                            why.message()));
}

std::string MainProcess::IssueToken(std::string role, milliseconds good_for) {
  return tokens_.Issue(std::move(role), loop_->Now(), good_for);
}

absl::StatusOr<Admission> MainProcess::Admit(const ListenOptions& options,
                                             const AttachRequest& request) {
  if (options.needs_token) {
    absl::Status spent = tokens_.Spend(request.role, request.token, loop_->Now());
    if (!spent.ok()) return spent;
  }
  WebContentsId embedder_id;
  absl::Status admitted = RunCatching([&] {
    absl::Status admitted = options.admit ? options.admit(request) : absl::OkStatus();
    if (admitted.ok() && options.embedder_of) embedder_id = options.embedder_of(request);
    return admitted;
  });
  if (admitted.ok()) admitted = CheckEmbedder(embedder_id);
  if (!admitted.ok()) return admitted;
  return Admission(NextId(), embedder_id);
}

void MainProcess::OnArrival(Arrival arrival) {
  const Admission admission = arrival.admission;
  // It may have gone since the guest was admitted: nobody would close what comes after it.
  if (!CheckEmbedder(admission.embedder_id).ok()) return;
  std::unique_ptr<WebContents>& contents = contents_[admission.id];
  contents = std::make_unique<WebContents>(
      host_, WebContents::Identity{admission.id, arrival.hello.role, admission.embedder_id},
      LaunchPlan());
  WebContents& added = *contents;
  web_contents_created_.Emit(added);
  added.Arrive(std::move(arrival));
}

void MainProcess::CompareSchemas(WebContentsId id, const Hello& hello) {
  absl::flat_hash_map<std::string, uint64_t> ours;
  for (const SchemaDigest& schema : options_.schemas) ours[schema.name] = schema.digest;
  for (const SchemaDigest& schema : hello.schemas) {
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
    // Out of the map before it goes: what its handlers captured may look around, or launch.
    auto gone = contents_.extract(id);
    CloseGuestsOf(id);
    policy_.Forget(id);
    relay_.Forget(id);
    gone = {};
    if (is_quitting_ && contents_.empty()) FinishQuit();
  });
}

void MainProcess::CloseGuestsOf(WebContentsId embedder_id) {
  for (WebContents* contents : GetAllWebContents()) {
    if (contents->embedder_id() == embedder_id) contents->Close();
  }
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

absl::Status MainProcess::CheckEmbedder(WebContentsId id) {
  if (id == WebContentsId() || FromId(id) != nullptr) return absl::OkStatus();
  return absl::NotFoundError(
      absl::StrCat("its embedder, WebContents #", id.value(), ", does not exist"));
}

absl::Status MainProcess::CheckMayGrow() const {
  if (is_quitting_) return absl::FailedPreconditionError("this main is quitting");
  return absl::OkStatus();
}

}  // namespace ipc
