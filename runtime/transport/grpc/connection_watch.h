// Notices that a connection is gone before its call has come: gRPC tells a server about calls only.
// So it watches a descriptor of its own for the same socket, and gives a peer that says nothing a
// limited time.
//
// Threads     The loop's.
#pragma once

#include "absl/status/status.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/unique_fd.h"
#include "runtime/transport/framed_pipe.h"

namespace ipc::internal {

class ConnectionWatch {
 public:
  ConnectionWatch(EventLoop& loop, const PipeEnd& end) : loop_(loop), end_(end) {}
  ConnectionWatch(const ConnectionWatch&) = delete;
  ConnectionWatch& operator=(const ConnectionWatch&) = delete;
  ~ConnectionWatch() { Stop(); }

  // `socket` is a duplicate. Reports UNAVAILABLE or DEADLINE_EXCEEDED to the inbox of `end`.
  absl::Status Start(UniqueFd socket);

  // The call is there, and speaks for the connection from now on.
  void Stop();

 private:
  void OnGone();

  EventLoop& loop_;
  const PipeEnd end_;
  UniqueFd socket_;
  WatchId watch_;
  TimerId timer_;
};

}  // namespace ipc::internal
