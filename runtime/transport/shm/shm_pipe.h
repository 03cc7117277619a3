// A Pipe in shared memory, between two processes of one host: two rings, and a bell for who sleeps.
// layout.h is the picture.
//
// A frame is encoded straight into the ring and copied out once before it is read; there is no
// thread between the ring and the delegate, no lock, and no system call while the reader is awake.
//
//   ours:    ShmEnd::Create() --> fd ---- hello, welcome ----> the peer maps it, and sends its own
//   both:    MakeShmPipe(loop, socket, our end, fd of the peer's)
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
#include "runtime/wire/limits.h"

namespace ipc {

// The half of a pipe's memory that this process writes, before the peer's is there.
class ShmEnd {
 public:
  static absl::StatusOr<ShmEnd> Create();
  ShmEnd(ShmEnd&&) noexcept;
  ShmEnd& operator=(ShmEnd&&) noexcept;
  ~ShmEnd();

  // For the peer; nothing else here uses it.
  int fd() const { return fd_.get(); }

 private:
  friend absl::StatusOr<std::unique_ptr<Pipe>> MakeShmPipe(EventLoop& loop, UniqueFd socket,
                                                           ShmEnd own, const UniqueFd& peer,
                                                           const Limits& limits);
  struct Memory;
  ShmEnd(std::unique_ptr<Memory> memory, UniqueFd fd);

  std::unique_ptr<Memory> memory_;
  UniqueFd fd_;
};

// `socket` is connected, and nothing but bytes of this pipe is on it any more; `peer` is what came
// from ShmEnd::fd() of the other side. Errors: INVALID_ARGUMENT when it is something else.
absl::StatusOr<std::unique_ptr<Pipe>> MakeShmPipe(EventLoop& loop, UniqueFd socket, ShmEnd own,
                                                  const UniqueFd& peer, const Limits& limits = {});

}  // namespace ipc
