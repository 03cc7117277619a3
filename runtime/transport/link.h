// What is under a FramedPipe: it moves encoded batches from one end to the other, in order.
//
// A transport is a Link and nothing more; frames, limits and callbacks are FramedPipe's. A link
// reports to the two objects that it shares with its pipe: received bytes and the end to the Inbox,
// bytes that have left to the OutboundQuota (and to Inbox::NotifyWritable() where that says so).
//
// Ownership   Owned by its FramedPipe.
// Threads     Called on the pipe's sequence; reports from any thread, but not after destruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/transport/outbound_quota.h"

namespace ipc {

class Link {
 public:
  using Encode = absl::FunctionRef<void(absl::Span<uint8_t> room)>;

  // What a blocked end can expect of its peer.
  enum class PeerTurn {
    kElsewhere,  // it runs on another sequence: wait for it
    kRan,        // it lives on this sequence and has just had its turn
    kIdle,       // it lives on this sequence and has nothing to do: nothing can come
  };

  // After Close(), waits a moment for what is queued to leave; otherwise the end is immediate, and
  // the peer's reason is UNAVAILABLE.
  virtual ~Link() = default;

  // Queues one frame as a batch of `size` bytes, which `encode` writes before this returns. It has
  // been charged to the quota.
  virtual void Write(OutboundQuota::Lane lane, size_t size, Encode encode) = 0;

  // What is written from here on may wait for Release(), so that it leaves together.
  virtual void Hold() {}
  virtual void Release() {}

  // The inbox has room again.
  virtual void Resume() = 0;

  // What is queued leaves, then the peer's end is OK.
  virtual void Close() = 0;

  // The end, at once; the peer hears `reason` where the link can carry it.
  virtual void Abort(const absl::Status& reason) = 0;

  // This end waits, until `deadline` or somebody says stop: the peer may have its turn, and a link
  // that needs this thread its own. Virtual time moves on here.
  virtual PeerTurn RunPeer(MonotonicTime /*deadline*/, const std::stop_token& /*stop_token*/) {
    return PeerTurn::kElsewhere;
  }
};

}  // namespace ipc
