#include "runtime/process/internal/handshake.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"

namespace ipc::internal {
namespace {

constexpr size_t kPrefixBytes = kHelloMagic.size() + 2;
constexpr size_t kMaxMessageBytes = UINT16_MAX;

absl::Status TooLarge(size_t size, size_t limit) {
  return absl::OutOfRangeError(absl::StrCat("a hello of ", size, " bytes, the limit is ", limit));
}

// For one descriptor, and not a second one: room that is rounded up would take two.
struct DescriptorRoom {
  alignas(cmsghdr) char bytes[CMSG_LEN(sizeof(int))];
};

msghdr MakeHeader(iovec& data, DescriptorRoom& control) {
  msghdr header{};
  header.msg_iov = &data;
  header.msg_iovlen = 1;
  header.msg_control = control.bytes;
  header.msg_controllen = sizeof control.bytes;
  return header;
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

bool MessageReader::Receive(int socket, uint8_t* to, size_t room, ssize_t& got) {
  iovec data{.iov_base = to, .iov_len = room};
  DescriptorRoom control;
  msghdr message = MakeHeader(data, control);
  got = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  const cmsghdr* const rights = got < 0 ? nullptr : CMSG_FIRSTHDR(&message);
  if (rights == nullptr || rights->cmsg_type != SCM_RIGHTS) return true;
  int fd = -1;
  std::memcpy(&fd, CMSG_DATA(rights), sizeof fd);
  UniqueFd came(fd);
  // What there was no room for the kernel has closed.
  if (descriptor_.is_valid() || (message.msg_flags & MSG_CTRUNC) != 0) return false;
  descriptor_ = std::move(came);
  return true;
}

absl::StatusOr<bool> MessageReader::ReadFrom(int socket) {
  while (const size_t room = wanted()) {
    const size_t had = bytes_.size();
    bytes_.resize(had + room);
    ssize_t got = 0;
    const bool is_one_descriptor = Receive(socket, bytes_.data() + had, room, got);
    const int error = errno;
    bytes_.resize(had + static_cast<size_t>(std::max<ssize_t>(got, 0)));
    if (!is_one_descriptor) return absl::InvalidArgumentError("a hello with two descriptors");
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

absl::Status WriteMessage(int socket, std::string_view message, size_t limit,
                          const UniqueFd& descriptor) {
  limit = std::min(limit, kMaxMessageBytes);
  if (message.size() > limit) return TooLarge(message.size(), limit);
  std::string bytes(kHelloMagic);
  bytes.push_back(static_cast<char>(message.size() >> 8));
  bytes.push_back(static_cast<char>(message.size() & 0xff));
  bytes.append(message);
  iovec data{.iov_base = bytes.data(), .iov_len = bytes.size()};
  DescriptorRoom control;
  msghdr header = MakeHeader(data, control);
  if (descriptor.is_valid()) {
    cmsghdr* const rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    const int fd = descriptor.get();
    std::memcpy(CMSG_DATA(rights), &fd, sizeof fd);
  } else {
    header.msg_controllen = 0;
  }
  const ssize_t sent = sendmsg(socket, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(bytes.size())) return absl::OkStatus();
  return absl::UnavailableError("the other process left during the handshake");
}

absl::StatusOr<Message> ReadMessage(int socket, size_t limit, MonotonicTime deadline) {
  MessageReader reader(limit);
  for (;;) {
    const absl::StatusOr<bool> whole = reader.ReadFrom(socket);
    if (!whole.ok()) return whole.status();
    if (*whole) {
      const absl::Span<const uint8_t> bytes = reader.message();
      return Message{{bytes.begin(), bytes.end()}, reader.TakeDescriptor()};
    }
    if (absl::Status status = WaitReadable(socket, deadline); !status.ok()) return status;
  }
}

}  // namespace ipc::internal
