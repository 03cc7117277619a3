// The address of a unix socket at a path.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <string>

#include "absl/status/statusor.h"

namespace ipc::internal {

struct UnixAddress {
  sockaddr_un address{};

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
  socklen_t size() const { return sizeof address; }
};

// Errors: INVALID_ARGUMENT for a path that is empty or too long for a socket's (107 bytes).
absl::StatusOr<UnixAddress> MakeUnixAddress(const std::string& path);

}  // namespace ipc::internal
