// Carries whole frames, in order, between exactly two endpoints.
//
// This is the seam of the runtime. Everything above sees only this interface; inproc/, grpc/
// and shm/ only implement it and do not see each other. A feature that needs to know which one is
// underneath belongs in the transport, not here.
//
// Ownership   The creator owns the Pipe. The Pipe never owns its Delegate, and a Delegate may
//             destroy the Pipe from inside any callback.
// Threads     Not thread-safe: one sequence, that of the loop it was made with. Callbacks arrive
//             there, from the loop or from WaitForFrames(), never from inside Start() or Send().
// Errors      A Pipe fails once. The first failure reaches OnClosed(); after it the Pipe is inert
//             and Send() answers UNAVAILABLE.
// Limits      runtime/wire/limits.h. Send() refuses what is over message_bytes (OUT_OF_RANGE) or
//             does not fit the queue (RESOURCE_EXHAUSTED), before it encodes anything. Messages,
//             messages that are passed on, large answers, and small signals each have room of their
//             own; a peer that lets that of the last fill up is closed.
#pragma once

#include <stop_token>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/payload.h"

namespace ipc {

class Pipe {
 public:
  class Delegate {
   public:
    // One frame, whole. `frame` points into the Pipe's buffer and is good until this returns.
    virtual void OnFrame(const FrameView& frame) = 0;
    // After a Send() that answered RESOURCE_EXHAUSTED: the queue is half empty.
    virtual void OnWritable() = 0;
    // The end, once. OK: the peer closed in order, and every frame it sent was handed over.
    virtual void OnClosed(const absl::Status& reason) = 0;

   protected:
    ~Delegate() = default;
  };

  virtual ~Pipe() = default;  // closes at once; frames still queued are lost

  // Frames that arrived before are handed over after this returns.
  virtual void Start(Delegate* delegate) = 0;

  // Queues one frame. The payload is written once, before this returns.
  virtual absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) = 0;

  // Frames queued before it still reach the peer, then its OnClosed(). No callback follows here.
  virtual void Close() = 0;

  // The end, at once: what is queued is lost, and the peer's OnClosed() hears `reason` where the
  // transport can carry it. No callback follows here.
  virtual void Abort(const absl::Status& reason) = 0;

  // Blocks this sequence until at least one frame, or the end, was handed to the delegate, without
  // running the loop. False when `deadline` passed first, or `stop_token` was told to stop, which
  // any thread may do. For sendSync only.
  virtual bool WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) = 0;
};

}  // namespace ipc
