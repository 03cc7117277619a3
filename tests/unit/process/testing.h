// What the tests of this folder share: a loop that is stepped until something is so, a folder for
// sockets, and the helper program that plays the child.
#pragma once

#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/unique_fd.h"
#include "runtime/process/child_process.h"

namespace ipc::test {

// A loop on the test's own thread.
class TestLoop {
 public:
  TestLoop();

  EventLoop& operator*() { return *loop_; }
  EventLoop* operator->() { return loop_.get(); }

  // Runs the loop until `is_so`, asked after each turn. False after 30 seconds, which is a failure
  // whatever the machine.
  bool RunUntil(const std::function<bool()>& is_so);

 private:
  std::unique_ptr<EventLoop> loop_;
};

// A directory (0700) of its own, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();

  std::string operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// What /proc/self/fd lists, without the descriptor that reads it.
std::set<int> OpenDescriptors();

// While it lives, this process can open `room` more descriptors and no more. UBSan needs one for
// the first look at an object with virtual functions, such as the test itself.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(int room);
  ~DescriptorLimit();

 private:
  rlimit before_;
};

// While it lives, the system gives this process no memory to share.
class NoMemoryToShare {
 public:
  NoMemoryToShare();
  ~NoMemoryToShare();

 private:
  rlimit before_;
  sighandler_t on_excess_;
};

// Both ends, close-on-exec.
std::pair<UniqueFd, UniqueFd> SocketPair();

// A listener that knows nothing of our lock, with room for one in its queue; or, once it is closed,
// the socket file that it leaves behind.
UniqueFd ListenAt(const std::string& path);

// Blocks until the peer has closed; all that came before.
std::string ReadToEnd(int fd);

// Writes it all, at once.
void WriteAll(int fd, std::string_view bytes);

// Writes it all with `count` descriptors beside its first byte.
void SendWithDescriptors(int fd, std::string_view bytes, size_t count);

// The program of helper_main.cc, beside this one, told what to do.
LaunchOptions Helper(std::vector<std::string> args);

// A hello or a welcome as it travels: magic, length, message.
std::string Framed(std::string_view message);

}  // namespace ipc::test
