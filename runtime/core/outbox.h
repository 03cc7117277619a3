// What a Connection has to say: straight into its Pipe, or kept until there is one.
//
// Main sends to a renderer from the moment it launches it; frames wait here, in order and within
// the outbound limits, until the renderer has said its hello. They are counted as the Pipe counts,
// so that it takes them all when it opens.
//
// Ownership   Owns the Pipe while it is open.
// Threads     One sequence, the Connection's.
// Errors      As Pipe::Send().
#pragma once

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "runtime/transport/outbound_quota.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/limits.h"

namespace ipc {

class Outbox {
 public:
  explicit Outbox(const Limits& limits) : limits_(limits), kept_quota_(limits) {}

  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload);

  void Open(std::unique_ptr<Pipe> pipe, Pipe::Delegate* delegate);
  // No more is said. What the Pipe has taken still travels.
  void Close();
  // No more is said, and nothing travels but the reason: the Pipe is destroyed.
  void Cut(const absl::Status& reason);

  // Null before Open() and after Cut().
  Pipe* pipe() const { return pipe_.get(); }

 private:
  absl::Status Keep(const FrameHeader& header, const PayloadWriter& payload);

  const Limits limits_;
  std::unique_ptr<Pipe> pipe_;
  bool is_closed_ = false;
  std::vector<OwnedFrame> kept_;
  OutboundQuota kept_quota_;
};

}  // namespace ipc
