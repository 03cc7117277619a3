#include <sys/socket.h>

#include <cerrno>

#include "absl/status/status.h"
#include "runtime/process/peer_credentials.h"

namespace ipc {

absl::StatusOr<PeerCredentials> GetPeerCredentials(int socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return absl::ErrnoToStatus(errno, "SO_PEERCRED");
  }
  return PeerCredentials{.pid = peer.pid, .uid = peer.uid, .gid = peer.gid};
}

}  // namespace ipc
