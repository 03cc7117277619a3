// A unix socket at a path, where processes that we did not launch come in.
//
// The path's directory is made (0700) when it is missing; it must be ours and closed to the writing
// of others. One process listens on a path: a lock beside it (PATH.lock) says who. The kernel lets
// go of the lock when that process dies, however it dies; what it left behind, socket and lock
// file, is then taken over by the next. A socket that somebody listens on is never removed, with or
// without a lock.
//
// Ownership   The creator owns the FrontDoor; destroying it, also from inside a callback, ends
//             handshakes in progress and removes the socket file. Arrivals live on. The loop
//             outlives it.
// Threads     One sequence, that of the loop.
// Errors      Create(): ALREADY_EXISTS when somebody listens there; PERMISSION_DENIED for a
//             directory that others could write to; INVALID_ARGUMENT for a path that cannot be a
//             socket's. Later, out of descriptors, it accepts nobody for a moment and goes on.
// Limits      Limits::half_open handshakes at a time, each for hello_timeout; whoever comes then
//             waits in the kernel's queue.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/process/accept.h"

namespace ipc {

class FrontDoor {
 public:
  struct Options {
    std::string path;
    AcceptOptions accept;
    std::vector<uint32_t> allowed_uids;  // empty: our own alone
    // Hears of everybody who did not come in, and why; for logs. May be empty.
    std::function<void(const PeerCredentials&, const absl::Status&)> on_refused;
  };
  using OnArrival = absl::AnyInvocable<void(Arrival)>;

  static absl::StatusOr<std::unique_ptr<FrontDoor>> Create(EventLoop& loop, Options options,
                                                           OnArrival on_arrival);
  FrontDoor(const FrontDoor&) = delete;
  FrontDoor& operator=(const FrontDoor&) = delete;
  ~FrontDoor();

  size_t half_open() const;

 private:
  class Impl;
  explicit FrontDoor(std::shared_ptr<Impl> impl);

  std::shared_ptr<Impl> impl_;
};

}  // namespace ipc
