#include "tests/bench/peer_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace bench {
namespace {

[[noreturn]] void Die(const char* what) {
  std::perror(what);
  std::exit(EXIT_FAILURE);
}

}  // namespace

PeerProcess::PeerProcess(const std::string& name, const std::string& argument) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) Die("socketpair");
  socket_.Reset(ends[0]);
  ipc::UniqueFd theirs(ends[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, theirs.get(), kPeerSocket);
  posix_spawn_file_actions_addclosefrom_np(&actions, kPeerSocket + 1);
  std::string flag = "--serve=" + name;
  std::string own_argument = argument;
  std::string program = "/proc/self/exe";
  char* arguments[] = {program.data(), flag.data(), own_argument.data(), nullptr};
  int error = posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) Die("posix_spawn");

  theirs.Reset();
  char ready;
  if (read(socket_.get(), &ready, 1) != 1) Die("the peer process has not come up");
}

PeerProcess::~PeerProcess() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void SayReady() {
  char ready = 1;
  if (write(kPeerSocket, &ready, 1) != 1) Die("write");
}

TemporarySocketPath::TemporarySocketPath() {
  folder_ = (std::filesystem::temp_directory_path() / "ipc-bench-XXXXXX").string();
  if (mkdtemp(folder_.data()) == nullptr) Die("mkdtemp");
  path_ = folder_ + "/socket";
}

TemporarySocketPath::~TemporarySocketPath() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace bench
