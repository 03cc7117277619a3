// What goes into our ring: frames, straight where there is room, else from a queue.
//
//   Send() --- room, and nothing waits ----------> ring      encoded once, in place
//          `-- large, and nothing waits ---------> ring      its run of bytes from where it lies,
//          |                                                 piece by piece; what finds no room:
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
#include <functional>
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

  // `wake` is called for each piece of a large frame that Send() has written, so that the reader
  // reads it while the next one is written.
  Outbound(RingWriter ring, const Limits& limits, std::function<void()> wake)
      : ring_(ring), quota_(limits), wake_(std::move(wake)) {}

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
  // What is in the ring of it came in this order: what lies around the run, then the run. Of a
  // frame that is not parted all is run.
  struct Waiting {
    FrameBuffer bytes;
    uint32_t size;
    uint32_t sent;  // of it, in the ring
    PartedHead run;
    OutboundQuota::Lane lane;
    CallId call_id;  // of a call

    uint32_t around() const { return size - run.run_size; }
    uint32_t run_sent() const { return is_head_next() ? 0 : sent - around(); }
    bool is_head_next() const { return sent < around(); }
  };

  bool MayOvertake(const FrameHeader& header) const;
  bool WritePlain(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size);
  bool WriteStraight(const FrameHeader& header, const PayloadWriter& payload, size_t payload_size,
                     uint32_t size, uint32_t rest);
  // Makes `frame` a parted one, if `run` is most of it.
  void Part(const LargeRun& run, size_t payload_size, Waiting& frame) const;
  // Of a parted frame, where nothing waits: writes what there is room for, and queues the rest.
  // `run` is where the run lies.
  Sent Stream(const uint8_t* run, Waiting frame);
  Sent Queue(Waiting frame);

  bool PumpAside();
  bool PumpPiece();
  // The next record of a frame. False: there is no room for it.
  bool WritePiece(const uint8_t* run, Waiting& frame);
  uint32_t NextPiece(const Waiting& frame) const;
  void Release(const Waiting& frame);
  uint32_t largest() const;

  RingWriter ring_;
  OutboundQuota quota_;
  const std::function<void()> wake_;
  std::deque<Waiting> queue_;   // the first may be in the ring in part
  std::deque<Waiting> asides_;  // what goes before the queue
  absl::flat_hash_set<CallId> waiting_calls_;
  OutboundQuota::Lane full_lane_ = {};
  bool is_writable_ = false;
};

}  // namespace ipc::internal
