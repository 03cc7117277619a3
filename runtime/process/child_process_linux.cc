#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>
#include <optional>

// glibc 2.36 forgot to say so itself.
extern "C" {
#include <sys/pidfd.h>
}

#include "absl/strings/str_cat.h"
#include "runtime/process/child_process.h"
#include "runtime/process/internal/spawn_linux.h"

namespace ipc {
namespace {

constexpr int kMillisecondsToDie = 1000;

bool IsCrash(int signal) {
  switch (signal) {
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGILL:
    case SIGSEGV:
    case SIGSYS:
    case SIGTRAP:
      return true;
    default:
      return false;
  }
}

ExitInfo Describe(const siginfo_t& info) {
  const int code = info.si_status;
  if (info.si_code == CLD_EXITED) {
    return {code == 0 ? ExitReason::kCleanExit : ExitReason::kAbnormalExit, code};
  }
  return {IsCrash(code) ? ExitReason::kCrashed : ExitReason::kKilled, code};
}

// How the process behind `pidfd` ended; nothing while it runs.
std::optional<ExitInfo> TryReap(int pidfd) {
  siginfo_t info{};
  while (waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED | WNOHANG) != 0) {
    if (errno == EINTR) continue;
    // Not ours to reap any more: a program that ignores SIGCHLD has the kernel do it. Its code is
    // lost, but not that it is gone.
    return ExitInfo{ExitReason::kAbnormalExit, -1};
  }
  if (info.si_pid == 0) return std::nullopt;
  return Describe(info);
}

// A descriptor for a child that is not reaped yet, so that its pid is still its own. Without one
// there is no child either.
absl::StatusOr<UniqueFd> OpenPidfd(pid_t pid) {
  UniqueFd pidfd(pidfd_open(pid, 0));
  if (pidfd.is_valid()) return pidfd;
  const int error = errno;
  if (error != ESRCH) {  // ESRCH: gone already, in a program that ignores SIGCHLD
    kill(pid, SIGKILL);
    while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  return absl::ErrnoToStatus(error, "pidfd_open");
}

}  // namespace

std::string_view ToString(ExitReason reason) {
  switch (reason) {
    case ExitReason::kCleanExit:
      return "clean-exit";
    case ExitReason::kAbnormalExit:
      return "abnormal-exit";
    case ExitReason::kKilled:
      return "killed";
    case ExitReason::kCrashed:
      return "crashed";
    case ExitReason::kLaunchFailed:
      return "launch-failed";
  }
  return "unknown";
}

absl::StatusOr<ChildProcess::Launched> ChildProcess::Launch(EventLoop& loop,
                                                            const LaunchOptions& options,
                                                            OnExit on_exit) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot start '", options.program, "'"));
  }
  UniqueFd ours(ends[0]);
  UniqueFd theirs(ends[1]);
  UniqueFd kept(fcntl(ours.get(), F_DUPFD_CLOEXEC, 0));
  if (!kept.is_valid()) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot start '", options.program, "'"));
  }
  const absl::StatusOr<pid_t> pid = internal::Spawn(options, theirs.get());
  if (!pid.ok()) return pid.status();

  absl::StatusOr<UniqueFd> pidfd = OpenPidfd(*pid);
  if (!pidfd.ok()) return pidfd.status();
  std::unique_ptr<ChildProcess> child(
      new ChildProcess(loop, *pid, *std::move(pidfd), std::move(kept), std::move(on_exit)));
  if (absl::Status status = child->WatchForExit(); !status.ok()) return status;
  return Launched{std::move(child), std::move(ours)};
}

ChildProcess::ChildProcess(EventLoop& loop, int32_t pid, UniqueFd pidfd, UniqueFd socket,
                           OnExit on_exit)
    : loop_(loop),
      pid_(pid),
      pidfd_(std::move(pidfd)),
      socket_(std::move(socket)),
      on_exit_(std::move(on_exit)) {}

ChildProcess::~ChildProcess() {
  if (!pidfd_.is_valid()) return;
  loop_.Unwatch(watch_);
  Kill();
  pollfd gone{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  while (poll(&gone, 1, kMillisecondsToDie) < 0 && errno == EINTR) {
  }
  TryReap(pidfd_.get());
}

absl::Status ChildProcess::WatchForExit() {
  auto watch = loop_.Watch(pidfd_.get(), EPOLLIN, [this](uint32_t) { OnReadable(); });
  if (!watch.ok()) return watch.status();
  watch_ = *watch;
  return absl::OkStatus();
}

void ChildProcess::Kill() {
  if (pidfd_.is_valid()) pidfd_send_signal(pidfd_.get(), SIGKILL, nullptr, 0);
}

void ChildProcess::OnReadable() {
  const std::optional<ExitInfo> exit = TryReap(pidfd_.get());
  if (!exit) return;
  loop_.Unwatch(watch_);
  pidfd_.Reset();
  // What the child has written is read before the end is; and whoever reads at the other end, a
  // grandchild, still has what we wrote.
  shutdown(socket_.get(), SHUT_RD);
  socket_.Reset();
  OnExit on_exit = std::move(on_exit_);
  on_exit(*exit);  // may destroy this
}

}  // namespace ipc
