#include "runtime/process/internal/handshake.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"

namespace ipc::internal {
namespace {

constexpr size_t kPrefixBytes = kHelloMagic.size() + 2;
constexpr size_t kMaxMessageBytes = UINT16_MAX;

absl::Status TooLarge(size_t size, size_t limit) {
  return absl::OutOfRangeError(absl::StrCat("a hello of ", size, " bytes, the limit is ", limit));
}

// Waits until `socket` has something to read, or its end.
absl::Status WaitReadable(int socket, MonotonicTime deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return absl::DeadlineExceededError("no welcome in time");
    pollfd entry{.fd = socket, .events = POLLIN, .revents = 0};
    const int timeout = static_cast<int>(std::min<int64_t>(left.count(), INT32_MAX));
    const int ready = poll(&entry, 1, timeout);
    if (ready > 0) return absl::OkStatus();
    if (ready < 0 && errno != EINTR) return absl::ErrnoToStatus(errno, "poll");
  }
}

}  // namespace

size_t MessageReader::message_size() const {
  return size_t{bytes_[kPrefixBytes - 2]} << 8 | bytes_[kPrefixBytes - 1];
}

size_t MessageReader::wanted() const {
  if (bytes_.size() < kPrefixBytes) return kPrefixBytes - bytes_.size();
  return kPrefixBytes + message_size() - bytes_.size();
}

absl::Span<const uint8_t> MessageReader::message() const {
  return absl::MakeConstSpan(bytes_).subspan(kPrefixBytes);
}

absl::Status MessageReader::CheckPrefix() const {
  const size_t known = std::min(bytes_.size(), kHelloMagic.size());
  if (!std::equal(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(known),
                  kHelloMagic.begin())) {
    return absl::InvalidArgumentError("the first bytes are not those of a hello");
  }
  if (bytes_.size() >= kPrefixBytes && message_size() > limit_) {
    return TooLarge(message_size(), limit_);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> MessageReader::ReadFrom(int socket) {
  while (const size_t room = wanted()) {
    const size_t had = bytes_.size();
    bytes_.resize(had + room);
    const ssize_t got = recv(socket, bytes_.data() + had, room, MSG_DONTWAIT);
    const int error = errno;
    bytes_.resize(had + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return absl::UnavailableError("the other process left during the handshake");
    if (got < 0) {
      if (error == EINTR) continue;
      if (error == EAGAIN || error == EWOULDBLOCK) return false;
      return absl::UnavailableError(
          absl::ErrnoToStatus(error, "the other process left during the handshake").message());
    }
    if (absl::Status status = CheckPrefix(); !status.ok()) return status;
  }
  return true;
}

absl::Status WriteMessage(int socket, std::string_view message, size_t limit) {
  limit = std::min(limit, kMaxMessageBytes);
  if (message.size() > limit) return TooLarge(message.size(), limit);
  std::string bytes(kHelloMagic);
  bytes.push_back(static_cast<char>(message.size() >> 8));
  bytes.push_back(static_cast<char>(message.size() & 0xff));
  bytes.append(message);
  const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(bytes.size())) return absl::OkStatus();
  return absl::UnavailableError("the other process left during the handshake");
}

absl::StatusOr<std::vector<uint8_t>> ReadMessage(int socket, size_t limit, MonotonicTime deadline) {
  MessageReader reader(limit);
  for (;;) {
    const absl::StatusOr<bool> whole = reader.ReadFrom(socket);
    if (!whole.ok()) return whole.status();
    if (*whole) return std::vector<uint8_t>(reader.message().begin(), reader.message().end());
    if (absl::Status status = WaitReadable(socket, deadline); !status.ok()) return status;
  }
}

}  // namespace ipc::internal
