#include "runtime/transport/shm/shm_pipe.h"

#include <utility>

#include "runtime/transport/shm/shared_pipe.h"

namespace ipc {

absl::StatusOr<std::unique_ptr<Pipe>> MakeShmPipe(EventLoop& loop, UniqueFd socket, OwnRegion own,
                                                  PeerRegion peer, const Limits& limits) {
  auto pipe = std::make_unique<internal::SharedPipe>(loop, std::move(socket), std::move(own),
                                                     std::move(peer), limits);
  if (absl::Status watching = pipe->WatchBell(); !watching.ok()) return watching;
  return pipe;
}

}  // namespace ipc
