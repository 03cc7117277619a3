// The bell of a pipe in shared memory, and the sign that its peer lives: the hello's socket.
//
// A byte on it says "look". A socket, and no eventfd: the flags of an eventfd belong to both sides,
// so that a peer could make the other one's write block; the two ends of a socket have their own.
//
// Ownership   Owns the socket. Destroying it ends the connection, also for others who hold it.
// Threads     One sequence.
#pragma once

#include <stop_token>
#include <utility>

#include "runtime/base/monotonic_time.h"
#include "runtime/base/unique_fd.h"

namespace ipc::internal {

class Doorbell {
 public:
  explicit Doorbell(UniqueFd socket) : socket_(std::move(socket)) {}
  Doorbell(Doorbell&&) = default;
  Doorbell& operator=(Doorbell&&) = delete;
  ~Doorbell();

  int fd() const { return socket_.get(); }

  // Never blocks. A bell that is full of rings rings anyway.
  void Ring();

  enum class Heard { kRings, kNothing, kPeerGone };
  // Takes the rings that are there.
  Heard Listen();

  // Blocks until there is something to listen for, `deadline` has passed, or `stop_token` was told
  // to stop. It may return too early.
  void Wait(MonotonicTime deadline, const std::stop_token& stop_token);

 private:
  UniqueFd socket_;
};

}  // namespace ipc::internal
