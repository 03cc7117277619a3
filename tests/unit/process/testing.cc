#include "tests/unit/process/testing.h"

#include <dirent.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace ipc::test {

TestLoop::TestLoop() : loop_(EventLoop::Create().value()) {}

bool TestLoop::RunUntil(const std::function<bool()>& is_so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_so()) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd entry{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
    poll(&entry, 1, static_cast<int>(left.count()));
    loop_->Dispatch();
  }
  return true;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string name = std::filesystem::temp_directory_path() / "ipc-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) std::abort();
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::set<int> OpenDescriptors() {
  std::set<int> open;
  DIR* directory = opendir("/proc/self/fd");
  while (const dirent* entry = readdir(directory)) {
    if (entry->d_name[0] != '.') open.insert(std::atoi(entry->d_name));
  }
  open.erase(dirfd(directory));
  closedir(directory);
  return open;
}

DescriptorLimit::DescriptorLimit(int room) {
  getrlimit(RLIMIT_NOFILE, &before_);
  // New descriptors take the lowest numbers; the limit is on the number.
  const std::set<int> open = OpenDescriptors();
  int next = 0;
  for (int left = room; left > 0 || open.contains(next); ++next) {
    if (!open.contains(next)) --left;
  }
  const rlimit tight{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before_.rlim_max};
  setrlimit(RLIMIT_NOFILE, &tight);
}

DescriptorLimit::~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }

// No file of this process may grow so large, and memory that is shared is a file to the kernel.
NoMemoryToShare::NoMemoryToShare() : on_excess_(signal(SIGXFSZ, SIG_IGN)) {
  getrlimit(RLIMIT_FSIZE, &before_);
  const rlimit small{.rlim_cur = 64 << 10, .rlim_max = before_.rlim_max};
  setrlimit(RLIMIT_FSIZE, &small);
}

NoMemoryToShare::~NoMemoryToShare() {
  setrlimit(RLIMIT_FSIZE, &before_);
  signal(SIGXFSZ, on_excess_);
}

std::pair<UniqueFd, UniqueFd> SocketPair() {
  int ends[2] = {-1, -1};
  EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

UniqueFd ListenAt(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(listen(socket.get(), 1), 0);
  return socket;
}

std::string ReadToEnd(int fd) {
  std::string all;
  char buffer[4096];
  for (;;) {
    const ssize_t size = read(fd, buffer, sizeof buffer);
    if (size > 0) {
      all.append(buffer, static_cast<size_t>(size));
    } else if (size == 0 || errno != EINTR) {
      return all;
    }
  }
}

void WriteAll(int fd, std::string_view bytes) {
  EXPECT_EQ(send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

void SendWithDescriptors(int fd, std::string_view bytes, size_t count) {
  const std::vector<int> descriptors(count, STDERR_FILENO);
  const size_t size = count * sizeof(int);
  std::vector<char> control(CMSG_SPACE(size));
  iovec data{.iov_base = const_cast<char*>(bytes.data()), .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(size);
  std::memcpy(CMSG_DATA(rights), descriptors.data(), size);
  EXPECT_EQ(sendmsg(fd, &message, MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

LaunchOptions Helper(std::vector<std::string> args) {
  const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return {.program = here / "process_test_helper",
          .args = std::move(args),
          .environment = {},
          .working_directory = {}};
}

std::string Framed(std::string_view message) {
  std::string bytes = "IPC1";
  bytes.push_back(static_cast<char>(message.size() >> 8));
  bytes.push_back(static_cast<char>(message.size() & 0xff));
  return bytes.append(message);
}

}  // namespace ipc::test
