// Notices that a connection is gone before its call has come: gRPC tells a server about calls only.
// So it looks, a few times a second, at a descriptor of its own for the same socket, and gives a
// peer that says nothing a limited time.
//
// Ownership   Owned by the link; what its timer needs is shared with the timer.
// Threads     Created and destroyed on the link's sequence; Stop() on any thread.
#pragma once

#include <memory>

#include "runtime/base/unique_fd.h"
#include "runtime/transport/framed_pipe.h"

namespace ipc::internal {

class ConnectionWatch {
 public:
  // `socket` is a duplicate. Reports UNAVAILABLE or DEADLINE_EXCEEDED to the inbox of `end`.
  ConnectionWatch(UniqueFd socket, const PipeEnd& end);
  ~ConnectionWatch();

  // The call is there, and speaks for the connection from now on.
  void Stop();

 private:
  class Look;

  const std::shared_ptr<Look> look_;
};

}  // namespace ipc::internal
