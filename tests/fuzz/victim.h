// A pipe in shared memory as main has it, on a thread of its own, and what became of it.
//
// It looks at every byte that it is given, answers every frame, and tells when it was last seen
// alive: a peer may end the pipe, and nothing else.
//
// Ownership   Owns its thread, loop and pipe.
// Threads     Everything here from one thread, which is not the victim's.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "runtime/base/unique_fd.h"
#include "runtime/transport/shm/shm_pipe.h"
#include "tests/support/loop_thread.h"

namespace ipc::fuzz {

class Victim {
 public:
  // The other half of a new pipe, once the last one has ended.
  struct Peer {
    OwnRegion own;
    PeerRegion victims;
    UniqueFd socket;
  };
  Peer Connect();

  // Why the pipe has ended; empty while it has not.
  std::string end() const;
  // Has the victim drop the pipe. False: its loop has not come around in `patience`.
  bool Disconnect(std::chrono::seconds patience);

  uint64_t frames() const { return frames_; }

 private:
  class Connection;

  std::shared_ptr<Connection> connection_;
  std::atomic<uint64_t> frames_ = 0;
  LoopThread thread_;
};

}  // namespace ipc::fuzz
