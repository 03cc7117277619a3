// Who stands at the other end of a connected unix socket, as the kernel noted when it connected.
//
// The pid is for logs only: it may have been given to another process since.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"

namespace ipc {

struct PeerCredentials {
  int32_t pid = 0;
  uint32_t uid = 0;
  uint32_t gid = 0;

  friend bool operator==(const PeerCredentials&, const PeerCredentials&) = default;
};

// For both ends of a socketpair: whoever made it.
absl::StatusOr<PeerCredentials> GetPeerCredentials(int socket);

}  // namespace ipc
