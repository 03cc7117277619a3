// A process that we started, from its launch to its exit.
//
// The child inherits descriptors 0, 1 and 2 and its end of a socketpair as descriptor 3, which the
// environment variable IPC_RENDERER_FD names; nothing else. No path exists that another process
// could connect to: who holds the socket is the child, and whom it gave it to. When the child has
// ended, so has the socket's way to us, behind what is in it: nobody is waited for, or heard, who
// holds it too.
//
// Ownership   The creator owns the ChildProcess; destroying it kills the process if it still runs
//             and reaps it, waiting at most one second. `on_exit` may destroy it. The loop outlives
//             it.
// Threads     One sequence, that of the loop.
// Errors      Launch() tells what could not be started and why; no exit follows then.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/unique_fd.h"

namespace ipc {

inline constexpr char kRendererFdVariable[] = "IPC_RENDERER_FD";
inline constexpr int kRendererFd = 3;

// Why a process is gone, in Electron's words.
enum class ExitReason {
  kCleanExit,     // exit code 0
  kAbnormalExit,  // any other exit code
  kKilled,        // by a signal that somebody sent
  kCrashed,       // by a signal of its own making: SIGSEGV, SIGABRT, ...
  kLaunchFailed,  // it never ran: what callers make of a failed Launch()
};

// "clean-exit", "abnormal-exit", ...
std::string_view ToString(ExitReason reason);

struct ExitInfo {
  ExitReason reason = ExitReason::kCleanExit;
  int code = 0;  // the exit code or, for kKilled and kCrashed, the signal

  friend bool operator==(const ExitInfo&, const ExitInfo&) = default;
};

struct LaunchOptions {
  std::string program;            // a path, relative to working_directory; PATH is not searched
  std::vector<std::string> args;  // without the program's name
  // Whether the child has the variables of our environment. `unset_environment` names those that it
  // does not have; `environment` comes on top, in place of what has the same name.
  bool inherit_environment = true;
  std::vector<std::string> unset_environment;
  std::vector<std::pair<std::string, std::string>> environment;
  std::string working_directory;  // empty: ours
};

class ChildProcess {
 public:
  using OnExit = absl::AnyInvocable<void(const ExitInfo&)>;

  struct Launched {
    std::unique_ptr<ChildProcess> child;
    UniqueFd socket;  // our end
  };

  // `on_exit` runs once, from the loop, when the process has ended and is reaped.
  // Errors: INVALID_ARGUMENT for what no process can be given, such as a variable without a name;
  // else what the system said.
  static absl::StatusOr<Launched> Launch(EventLoop& loop, const LaunchOptions& options,
                                         OnExit on_exit);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;
  ~ChildProcess();

  // For logs; it means nothing once the process is reaped.
  int32_t pid() const { return pid_; }

  // Ends the process; `on_exit` follows from the loop. Nothing happens when it has ended.
  void Kill();

 private:
  ChildProcess(EventLoop& loop, int32_t pid, UniqueFd pidfd, UniqueFd socket, OnExit on_exit);
  absl::Status WatchForExit();
  void OnReadable();

  EventLoop& loop_;
  int32_t pid_;
  UniqueFd pidfd_;   // invalid once reaped
  UniqueFd socket_;  // our end once more, to end it with the process
  WatchId watch_;
  OnExit on_exit_;
};

}  // namespace ipc
