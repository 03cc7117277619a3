#include "runtime/transport/shm/shm_pipe.h"

#include <utility>

#include "runtime/transport/shm/region_linux.h"
#include "runtime/transport/shm/shared_pipe.h"

namespace ipc {

struct ShmEnd::Memory {
  internal::OwnRegion region;
};

ShmEnd::ShmEnd(std::unique_ptr<Memory> memory, UniqueFd fd)
    : memory_(std::move(memory)), fd_(std::move(fd)) {}
ShmEnd::ShmEnd(ShmEnd&&) noexcept = default;
ShmEnd& ShmEnd::operator=(ShmEnd&&) noexcept = default;
ShmEnd::~ShmEnd() = default;

absl::StatusOr<ShmEnd> ShmEnd::Create() {
  absl::StatusOr<internal::OwnRegion::Created> created = internal::OwnRegion::Create();
  if (!created.ok()) return created.status();
  return ShmEnd(std::make_unique<Memory>(Memory{std::move(created->region)}),
                std::move(created->fd));
}

absl::StatusOr<std::unique_ptr<Pipe>> MakeShmPipe(EventLoop& loop, UniqueFd socket, ShmEnd own,
                                                  const UniqueFd& peer, const Limits& limits) {
  absl::StatusOr<internal::PeerRegion> theirs = internal::PeerRegion::Map(peer);
  if (!theirs.ok()) return theirs.status();
  auto pipe = std::make_unique<internal::SharedPipe>(
      loop, std::move(socket), std::move(own.memory_->region), *std::move(theirs), limits);
  if (absl::Status watching = pipe->WatchBell(); !watching.ok()) return watching;
  return pipe;
}

}  // namespace ipc
