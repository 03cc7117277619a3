#include "tests/bench/harness/socket.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "tests/bench/harness/die.h"

namespace bench {
namespace {

sockaddr_un AddressOf(const std::string& path) {
  sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
  if (path.size() >= sizeof address.sun_path) Die("the path is too long: " + path);
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

ipc::UniqueFd NewSocket() {
  ipc::UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  Require(socket.is_valid(), "socket");
  return socket;
}

}  // namespace

ipc::UniqueFd ListenAt(const std::string& path) {
  ipc::UniqueFd socket = NewSocket();
  const sockaddr_un address = AddressOf(path);
  Require(bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          "bind");
  Require(listen(socket.get(), SOMAXCONN) == 0, "listen");
  return socket;
}

ipc::UniqueFd ConnectTo(const std::string& path) {
  ipc::UniqueFd socket = NewSocket();
  const sockaddr_un address = AddressOf(path);
  Require(connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0,
          "connect");
  return socket;
}

ipc::UniqueFd AcceptFrom(int listener) {
  ipc::UniqueFd socket(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
  Require(socket.is_valid(), "accept4");
  return socket;
}

bool ReadExactly(int fd, char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t count = read(fd, bytes, size);
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

bool WriteAll(int fd, const char* bytes, size_t size) {
  while (size > 0) {
    const ssize_t count = write(fd, bytes, size);
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

}  // namespace bench
