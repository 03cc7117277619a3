// How much may wait to be sent on one end of a pipe: the outbound rows of wire/limits.h.
//
// Messages and answers are counted apart, each with the full limit, so that a queue full of
// messages never keeps a call from ending. An empty lane takes any one frame.
//
// Threads     TryCharge() on the pipe's sequence, Release() on any thread.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>

#include "runtime/wire/frame.h"
#include "runtime/wire/limits.h"

namespace ipc {

class OutboundQuota {
 public:
  enum class Lane {
    kMessages,
    kAnswers,  // what settles a call: replies, cancels, pongs
  };
  static Lane LaneOf(FrameKind kind);

  // Frames that wait, or have waited, together.
  struct Load {
    struct Amount {
      size_t frames = 0;
      size_t bytes = 0;
    };
    void Add(Lane lane, size_t bytes);
    Amount& in(Lane lane) { return lane == Lane::kMessages ? messages : answers; }

    Amount messages;
    Amount answers;
  };

  explicit OutboundQuota(const Limits& limits);

  // One more frame waits in `lane`, if it fits.
  bool TryCharge(Lane lane, size_t bytes);

  // `sent` waits no longer. True when the message that was refused last would fit now and its lane
  // is half empty: the caller owes an OnWritable().
  [[nodiscard]] bool Release(const Load& sent);

 private:
  bool Fits(const Load::Amount& waiting, size_t bytes) const;
  bool IsHalfEmpty() const;

  const size_t max_frames_;
  const size_t max_bytes_;

  std::mutex mutex_;
  Load waiting_;
  std::optional<size_t> refused_;  // bytes of a message whose sender waits for room
};

}  // namespace ipc
