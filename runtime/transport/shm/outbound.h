// What goes into our ring: frames, straight where there is room, else from a queue.
//
//   Send() --- room, and nothing waits ----------> ring      encoded once, in place
//          `-- else: charged, encoded, queued --> Pump() --> ring, in pieces where it is large
//
// Frames leave in the order they came. A cancel, a ping or a pong carries no order, and goes
// before what waits; but a cancel never before its own call.
//
// Threads     One sequence.
// Errors      Send(): RESOURCE_EXHAUSTED, with the lane's reason, when the queue is full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "runtime/base/ids.h"
#include "runtime/transport/outbound_quota.h"
#include "runtime/transport/shm/frame_buffer.h"
#include "runtime/transport/shm/ring.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/limits.h"
#include "runtime/wire/payload.h"

namespace ipc::internal {

class Outbound {
 public:
  enum class Sent { kWritten, kQueued, kRefused };

  Outbound(RingWriter ring, const Limits& limits) : ring_(ring), quota_(limits) {}

  // `payload_size` is the payload's; the frame was checked.
  Sent Send(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size);

  // Moves what waits into the ring, as far as there is room. False: nothing could be moved.
  bool Pump();
  bool CanPump();
  bool is_empty() const { return queue_.empty() && asides_.empty(); }

  // Whether Pump() made the room that a refused Send() asked for, once: an OnWritable() is owed.
  bool TakeWritable() { return std::exchange(is_writable_, false); }
  bool is_writable() const { return is_writable_; }

  // In which lane the last frame was refused.
  OutboundQuota::Lane full_lane() const { return full_lane_; }

  // The reader's cursor was one that cannot be.
  bool is_broken() const { return ring_.is_broken(); }

 private:
  struct Waiting {
    FrameBuffer bytes;
    uint32_t size;
    uint32_t sent;  // of it, in the ring
    OutboundQuota::Lane lane;
    CallId call_id;  // of a call
  };

  bool MayOvertake(const FrameHeader& header) const;
  bool WriteStraight(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size,
                     uint32_t size, uint32_t rest);
  bool PumpAside();
  bool PumpPiece();
  void Release(const Waiting& frame);
  uint32_t largest() const;

  RingWriter ring_;
  OutboundQuota quota_;
  std::deque<Waiting> queue_;   // the first may be in the ring in part
  std::deque<Waiting> asides_;  // what goes before the queue
  absl::flat_hash_set<CallId> waiting_calls_;
  OutboundQuota::Lane full_lane_ = {};
  bool is_writable_ = false;
};

}  // namespace ipc::internal
