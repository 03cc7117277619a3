#include "runtime/transport/shm/doorbell_linux.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>

namespace ipc::internal {
namespace {

// More than one is rare: a sleeper is rung for once.
constexpr size_t kRingsAtOnce = 64;

// Without an eventfd to wait on, a stop is noticed this late.
constexpr milliseconds kLookForStop{10};

timespec Until(MonotonicTime deadline) {
  using std::chrono::nanoseconds;
  constexpr int64_t kSecond = 1'000'000'000;
  const nanoseconds left =
      std::max<nanoseconds>(nanoseconds::zero(), deadline - std::chrono::steady_clock::now());
  return {.tv_sec = left.count() / kSecond, .tv_nsec = left.count() % kSecond};
}

}  // namespace

Doorbell::~Doorbell() {
  // Whoever launched the peer holds the socket too.
  if (socket_.is_valid()) shutdown(socket_.get(), SHUT_RDWR);
}

void Doorbell::Ring() {
  const char byte = 0;
  // Fails when the peer is gone, which Listen() will tell, or has not listened for long.
  [[maybe_unused]] const ssize_t sent =
      send(socket_.get(), &byte, sizeof byte, MSG_DONTWAIT | MSG_NOSIGNAL);
}

Doorbell::Heard Doorbell::Listen() {
  std::array<char, kRingsAtOnce> rings;
  // Descriptors that come along are closed by the kernel: there is no room given for any.
  const ssize_t got = recv(socket_.get(), rings.data(), rings.size(), MSG_DONTWAIT);
  if (got > 0) return Heard::kRings;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) {
    return Heard::kNothing;
  }
  return Heard::kPeerGone;
}

void Doorbell::Wait(MonotonicTime deadline, const std::stop_token& stop_token) {
  UniqueFd stopped;
  if (stop_token.stop_possible()) {
    stopped.Reset(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!stopped.is_valid()) {
      deadline = std::min(deadline, std::chrono::steady_clock::now() + kLookForStop);
    }
  }
  // Called at once where it has been told already.
  const std::stop_callback on_stop(stop_token, [fd = stopped.get()] {
    const uint64_t one = 1;
    [[maybe_unused]] const ssize_t size = write(fd, &one, sizeof one);
  });
  if (stop_token.stop_requested()) return;

  // poll() passes over a descriptor that is none.
  std::array<pollfd, 2> entries = {{{.fd = socket_.get(), .events = POLLIN, .revents = 0},
                                    {.fd = stopped.get(), .events = POLLIN, .revents = 0}}};
  const timespec left = Until(deadline);
  ppoll(entries.data(), entries.size(), deadline == kForever ? nullptr : &left, nullptr);
}

}  // namespace ipc::internal
