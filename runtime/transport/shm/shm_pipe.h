// A Pipe in shared memory, between two processes of one host: two rings, and a bell for who sleeps.
// layout.h is the picture.
//
// A frame is encoded straight into the ring and copied out once before it is read; there is no
// thread between the ring and the delegate, no lock, and no system call while the reader is awake.
//
//   OwnRegion::Create() --> descriptor --- hello or welcome ---> PeerRegion::Map()
//   MakeShmPipe(loop, socket, own, peer)                         and the other way round
//
// Ownership   The Pipe owns memory and socket; the loop outlives it.
// Threads     One sequence, that of the loop.
// Errors      As Pipe. A peer that writes what cannot be ends the pipe with INVALID_ARGUMENT, one
//             that is gone with UNAVAILABLE, behind what it has written.
// Limits      A ring holds kDefaultRingBytes; what does not fit waits in our own queue, within the
//             outbound limits. A Pipe that was closed and is destroyed waits for its peer to take
//             what is queued, at most 250 ms.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/unique_fd.h"
#include "runtime/transport/pipe.h"
#include "runtime/transport/shm/region.h"
#include "runtime/wire/limits.h"

namespace ipc {

// `socket` is connected, and nothing but bytes of this pipe is on it any more.
// Errors: the loop cannot watch it.
absl::StatusOr<std::unique_ptr<Pipe>> MakeShmPipe(EventLoop& loop, UniqueFd socket, OwnRegion own,
                                                  PeerRegion peer, const Limits& limits = {});

}  // namespace ipc
