// How much may wait to be sent on one end of a pipe: the outbound rows of wire/limits.h.
//
// Messages, answers and small signals are counted apart: a queue full of messages keeps no answer
// back, and a queue full of answers keeps no call from ending. So is what main passes on from one
// renderer to another: no renderer fills the room of main's own messages. An empty lane takes any
// one frame.
//
// Threads     TryCharge() on the pipe's sequence, Release() on any thread.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>

#include "absl/status/status.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/limits.h"

namespace ipc {

class OutboundQuota {
 public:
  enum class Lane {
    kMessages,
    kAnswers,  // replies of more than kSignalBytes
    kSignals,  // smaller replies, cancels, pings: what ends a call always has room
    kRelayed,  // messages that have a sender other than the peer
  };
  static constexpr size_t kLanes = 4;
  static constexpr size_t kSignalBytes = 1024;
  static Lane LaneOf(const FrameHeader& header, size_t frame_bytes);

  // Frames that wait, or have waited, together.
  struct Load {
    struct Amount {
      size_t frames = 0;
      size_t bytes = 0;
    };
    void Add(Lane lane, size_t bytes);
    Amount& in(Lane lane) { return lanes[static_cast<size_t>(lane)]; }
    const Amount& in(Lane lane) const { return lanes[static_cast<size_t>(lane)]; }

    std::array<Amount, kLanes> lanes = {};
  };

  explicit OutboundQuota(const Limits& limits);

  // One more frame waits in `lane`, if it fits.
  bool TryCharge(Lane lane, size_t bytes);

  // What the sender hears, or for kSignals the end, when `lane` is full.
  static absl::Status Refusal(Lane lane);

  // `sent` waits no longer. True when the message that was refused last would fit now and its lane
  // is half empty: the caller owes an OnWritable().
  [[nodiscard]] bool Release(const Load& sent);

 private:
  bool Fits(Lane lane, size_t bytes) const;
  bool IsHalfEmpty() const;

  const Load max_;

  std::mutex mutex_;
  Load waiting_;
  std::optional<size_t> refused_;  // bytes of a message whose sender waits for room
};

}  // namespace ipc
