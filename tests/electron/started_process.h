// A process that the test starts, not main: what comes in through main's front door.
//
// Ownership   Destroying it kills the process if it still runs, and reaps it.
// Threads     One.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/unique_fd.h"

namespace ipc {

class StartedProcess {
 public:
  // Starts this very program with other arguments. Throws when that cannot be done.
  explicit StartedProcess(const std::vector<std::string>& arguments);
  StartedProcess(const StartedProcess&) = delete;
  StartedProcess& operator=(const StartedProcess&) = delete;
  ~StartedProcess();

  pid_t pid() const { return pid_; }
  // The end of the process's standard input, which it may wait for.
  void LetGo() { input_.Reset(); }
  void Kill();
  // The exit code, or minus the signal; none when it still runs after `timeout`.
  std::optional<int> WaitForExit(std::chrono::milliseconds timeout);

 private:
  pid_t pid_ = 0;
  UniqueFd input_;
  int pidfd_ = -1;
  std::optional<int> exit_;
};

// The path of this program.
std::string OwnProgram();

}  // namespace ipc
