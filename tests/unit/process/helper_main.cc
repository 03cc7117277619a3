// The child of the tests in this folder. Its arguments say what it does.
//
//   exit CODE | signal NUMBER | hang       how it ends
//   fds | file FD | env NAME | environment | arguments ... | cwd | signals
//                                          writes what it has to descriptor 3
//   grandchild TEXT                        writes it there, and leaves a child that holds it open
//   say TEXT                               writes it to descriptor 3, as its first words
//   connect ROLE TOKEN                     comes in by the socket that it inherited, and stays;
//   exits
//                                          with the status code when it is refused
//   twice                                  exits 0 when the inherited socket is taken only once
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/event_loop.h"
#include "runtime/process/connect.h"
#include "tests/unit/process/testing.h"

namespace {

using Arguments = std::vector<std::string>;

void Tell(std::string_view text) { ipc::test::WriteAll(ipc::kRendererFd, text); }

int Hang() {
  for (;;) pause();
}

int Die(int signal_number) {
  signal(signal_number, SIG_DFL);
  raise(signal_number);
  return Hang();
}

int TellDescriptors() {
  std::string text;
  for (const int fd : ipc::test::OpenDescriptors()) text += std::to_string(fd) + " ";
  Tell(text);
  return 0;
}

int TellFile(const std::string& descriptor) {
  Tell(std::filesystem::read_symlink("/proc/self/fd/" + descriptor).string());
  return 0;
}

int TellVariable(const std::string& name) {
  const char* value = getenv(name.c_str());
  Tell(value != nullptr ? value : "(unset)");
  return 0;
}

int TellEnvironment() {
  std::string text;
  for (char** entry = environ; *entry != nullptr; ++entry) text += std::string(*entry) + " ";
  Tell(text);
  return 0;
}

int TellArguments(const Arguments& args) {
  std::string text;
  for (const std::string& arg : args) text += "<" + arg + ">";
  Tell(text);
  return 0;
}

int LeaveGrandchild(const std::string& text) {
  if (fork() == 0) {
    // Until main's end of the socket is closed.
    pollfd end{.fd = ipc::kRendererFd, .events = 0, .revents = 0};
    poll(&end, 1, -1);
    _exit(0);
  }
  Tell(text);
  return 0;
}

int TellSignals() {
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, nullptr, &blocked);
  Tell(sigismember(&blocked, SIGUSR1) ? "blocked " : "open ");
  for (int number : {SIGPIPE, SIGCHLD}) {
    struct sigaction action;
    sigaction(number, nullptr, &action);
    Tell(action.sa_handler == SIG_DFL ? "default " : "ignored ");
  }
  return 0;
}

int TakeTwice() {
  const auto first = ipc::TakeInheritedSocket();
  const auto second = ipc::TakeInheritedSocket();
  const bool is_kept_from_children = (fcntl(ipc::kRendererFd, F_GETFD) & FD_CLOEXEC) != 0;
  return first.ok() && absl::IsNotFound(second.status()) && is_kept_from_children ? 0 : 1;
}

int Connect(const std::string& role, const std::string& token) {
  auto loop = ipc::EventLoop::Create().value();
  ipc::ConnectOptions options;
  options.role = role;
  options.token = token;
  const auto main = ipc::ConnectToMain(ipc::TakeInheritedSocket().value(), *loop, options);
  return main.ok() ? Hang() : main.status().raw_code();
}

int Run(const std::string& what, const Arguments& args) {
  if (what == "exit") return std::atoi(args.at(0).c_str());
  if (what == "signal") return Die(std::atoi(args.at(0).c_str()));
  if (what == "hang") return Hang();
  if (what == "fds") return TellDescriptors();
  if (what == "file") return TellFile(args.at(0));
  if (what == "env") return TellVariable(args.at(0));
  if (what == "environment") return TellEnvironment();
  if (what == "arguments") return TellArguments(args);
  if (what == "grandchild") return LeaveGrandchild(args.at(0));
  if (what == "cwd") return Tell(std::filesystem::current_path().string()), 0;
  if (what == "signals") return TellSignals();
  if (what == "say") return Tell(args.at(0)), Hang();
  if (what == "connect") return Connect(args.at(0), args.at(1));
  if (what == "twice") return TakeTwice();
  return 99;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 99;
  return Run(argv[1], Arguments(argv + 2, argv + argc));
}
