// What a Connection has to say: straight into its Pipe, or kept until there is one.
//
// Main sends to a renderer from the moment it launches it; frames wait here, in order and within
// the outbound limits, until the renderer has said its hello.
//
// Ownership   Owns the Pipe once it is open.
// Threads     One sequence, the Connection's.
// Errors      As Pipe::Send(). Replies and cancels are kept without limit: there are no more of
//             them than calls.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>

#include "absl/status/status.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/limits.h"

namespace ipc {

class Outbox {
 public:
  explicit Outbox(const Limits& limits) : limits_(limits) {}

  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload);

  void Open(std::unique_ptr<Pipe> pipe, Pipe::Delegate* delegate);
  // Sends what waits, as far as the Pipe takes it.
  void Flush();
  // No more is said. What the Pipe has taken still travels.
  void Close();

  // Null until Open().
  Pipe* pipe() const { return pipe_.get(); }

 private:
  absl::Status Keep(const FrameHeader& header, const PayloadWriter& payload);

  const Limits limits_;
  std::unique_ptr<Pipe> pipe_;
  bool is_closed_ = false;
  std::deque<OwnedFrame> waiting_;
  size_t waiting_bytes_ = 0;
};

}  // namespace ipc
