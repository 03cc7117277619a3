#include "tests/electron/contract.h"

#include <poll.h>
#include <stdlib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{10};

template <typename T>
T ValueOrThrow(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

}  // namespace

std::string PipeName(const testing::TestParamInfo<PipeUnderTest>& info) {
  switch (info.param) {
    case PipeUnderTest::kInproc:
      return "inproc";
    case PipeUnderTest::kGrpcSocketpair:
      return "grpc_socketpair";
    case PipeUnderTest::kGrpcUnix:
      return "grpc_unix";
    case PipeUnderTest::kShm:
      return "shm";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(Pipes, ElectronContract, AllPipes(), PipeName);

ElectronContract::ElectronContract() {
  options_.log = [logged = logged_](LogLevel, std::string_view line) {
    std::lock_guard lock(logged->mutex);
    logged->lines.emplace_back(line);
  };
}

ElectronContract::~ElectronContract() {
  main_.reset();
  started_.clear();
  if (!socket_folder_.empty()) std::filesystem::remove_all(socket_folder_);
}

MainProcess& ElectronContract::main() {
  if (main_) return *main_;
  main_ = ValueOrThrow(MainProcess::Create(options_));
  main_->ipc_main().On("report",
                       [this](IpcMainEvent&, const Args& args) { reports_.push_back(args[0]); });
  main_->ipc_main().On("log", [log = options_.log](IpcMainEvent&, const Args& args) {
    log(LogLevel::kError, args[0].string());
  });
  main_->web_contents_created().Add([this](WebContents& contents) { created_ = &contents; });
  return *main_;
}

WebContents& ElectronContract::StartRenderer(std::string_view body,
                                             std::function<void(WebContents&)> on_created) {
  return StartRendererAs({}, body, std::move(on_created));
}

WebContents& ElectronContract::StartRendererAs(Identity identity, std::string_view body,
                                               std::function<void(WebContents&)> on_created) {
  FindBody(body);
  created_ = nullptr;
  Subscription created = main().web_contents_created().AddScoped([&](WebContents& contents) {
    if (on_created) on_created(contents);
  });
  Launch(body, identity);
  Drive([this] { return created_ != nullptr; }, Where::current());
  return *created_;
}

void ElectronContract::Launch(std::string_view body, const Identity& identity) {
  RendererCommand command{.body = std::string(body),
                          .socket_path = {},
                          .role = identity.role,
                          .limits = options_.limits};
  switch (GetParam()) {
    case PipeUnderTest::kInproc:
      ValueOrThrow(main().LaunchInproc(FindBody(body), identity.role, identity.embedder_id));
      break;
    case PipeUnderTest::kGrpcSocketpair:
    case PipeUnderTest::kShm: {
      RendererOptions renderer;
      renderer.program = OwnProgram();
      renderer.args = ToArguments(command);
      renderer.role = identity.role;
      renderer.embedder_id = identity.embedder_id;
      renderer.pipes = {is(PipeUnderTest::kShm) ? PipeKind::kSharedMemory : PipeKind::kGrpc};
      ValueOrThrow(main().Launch(renderer));
      break;
    }
    case PipeUnderTest::kGrpcUnix: {
      command.socket_path = ListenOnce();
      embedder_of_next_ = identity.embedder_id;
      auto process = std::make_unique<StartedProcess>(ToArguments(command));
      int32_t pid = process->pid();
      started_[pid] = std::move(process);
      break;
    }
  }
}

std::string ElectronContract::ListenOnce() {
  if (socket_folder_.empty()) {
    std::string folder = std::filesystem::temp_directory_path() / "ipc-contract-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("mkdtemp: " + folder);
    socket_folder_ = folder;
    ListenOptions listen;
    listen.path = folder + "/main";
    listen.pipes = {PipeKind::kGrpc};
    listen.embedder_of = [this](const AttachRequest&) { return embedder_of_next_; };
    absl::Status listening = main().Listen(listen);
    if (!listening.ok()) throw std::runtime_error(listening.ToString());
  }
  return socket_folder_ + "/main";
}

void ElectronContract::KillRenderer(WebContents& contents) {
  auto started = started_.find(contents.process_id());
  if (started == started_.end()) {
    contents.ForcefullyCrashRenderer();
  } else {
    started->second->Kill();
  }
}

int ElectronContract::CloseRenderer(WebContents& contents) {
  std::optional<int> exit_code;
  contents.render_process_gone().Add(
      [&](const RenderProcessGoneDetails& details) { exit_code = details.exit_code; });
  auto started = started_.find(contents.process_id());
  WebContentsRef ref = contents.ref();
  contents.Close();
  RunUntil([&] { return ref.get() == nullptr; });
  if (started != started_.end()) exit_code = started->second->WaitForExit(kPatience);
  return exit_code.value_or(-1);
}

void ElectronContract::RunUntil(const std::function<bool()>& is_done, Where where) {
  for (auto& [pid, process] : started_) process->LetGo();
  Drive(is_done, where);
}

void ElectronContract::Drive(const std::function<bool()>& is_done, Where where) {
  EventLoop& loop = main().loop();
  const auto give_up = steady_clock::now() + kPatience;
  while (!is_done()) {
    auto left = std::chrono::ceil<milliseconds>(give_up - steady_clock::now());
    pollfd ready{.fd = loop.fd(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0) {
      throw std::runtime_error(absl::StrCat(where.file_name(), ":", where.line(),
                                            ": still waiting after 10 s; the log:\n",
                                            absl::StrJoin(log(), "\n")));
    }
    loop.Dispatch();
  }
}

void ElectronContract::RunBeside(std::function<void()> work, Where where) {
  std::atomic<bool> is_over = false;
  std::exception_ptr error;
  std::jthread thread([&, runner = main().loop().task_runner()] {
    try {
      work();
    } catch (...) {
      error = std::current_exception();
    }
    is_over = true;
    runner->Post([] {});  // wakes the loop, so that it looks
  });
  RunUntil([&] { return is_over.load(); }, where);
  if (error) std::rethrow_exception(error);
}

Value ElectronContract::NextReport(Where where) {
  RunUntil([this] { return !reports_.empty(); }, where);
  Value report = std::move(reports_.front());
  reports_.pop_front();
  return report;
}

std::vector<std::string> ElectronContract::log() const {
  std::lock_guard lock(logged_->mutex);
  return logged_->lines;
}

bool ElectronContract::HasLogged(std::string_view line) const {
  std::vector<std::string> lines = log();
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace ipc
