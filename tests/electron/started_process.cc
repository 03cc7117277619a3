#include "tests/electron/started_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace ipc {

std::string OwnProgram() { return std::filesystem::read_symlink("/proc/self/exe"); }

StartedProcess::StartedProcess(const std::vector<std::string>& arguments) {
  std::string program = OwnProgram();
  std::vector<char*> argv = {program.data()};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  int input[2];
  if (pipe2(input, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  UniqueFd read_end(input[0]);
  input_ = UniqueFd(input[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, read_end.get(), STDIN_FILENO);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  int error = posix_spawn(&pid_, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), program);
  pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
}

StartedProcess::~StartedProcess() {
  Kill();
  WaitForExit(std::chrono::seconds(10));
  close(pidfd_);
}

void StartedProcess::Kill() {
  if (!exit_) kill(pid_, SIGKILL);
}

std::optional<int> StartedProcess::WaitForExit(std::chrono::milliseconds timeout) {
  if (exit_) return exit_;
  pollfd ended{.fd = pidfd_, .events = POLLIN, .revents = 0};
  if (poll(&ended, 1, static_cast<int>(timeout.count())) != 1) return std::nullopt;
  int status = 0;
  waitpid(pid_, &status, 0);
  exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return exit_;
}

}  // namespace ipc
