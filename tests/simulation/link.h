// Two pipes and what is between them: frames take their time, wait, are lost; ends close, die, and
// are handed nonsense, all when the world says so.
//
// The queue towards an end is counted by the runtime's own OutboundQuota, and recounted here.
//
// Ownership   The pipes borrow the link, which outlives them; it borrows the watchers.
// Threads     One.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "runtime/transport/outbound_quota.h"
#include "runtime/transport/pipe.h"
#include "tests/simulation/scene.h"
#include "tests/simulation/sequence.h"

namespace ipc::simulation {

enum class Side : uint8_t { kMain, kRenderer };
constexpr Side Other(Side side) { return side == Side::kMain ? Side::kRenderer : Side::kMain; }

class Link {
 public:
  // Sees what passes between a Connection and its pipe.
  class Watcher {
   public:
    // Send() is about to return `result`.
    virtual void OnSent(const FrameHeader& header, const PayloadWriter& payload,
                        const absl::Status& result) = 0;
    // The delegate is about to be handed it.
    virtual void OnHanding(const FrameView& frame) = 0;
    virtual void OnHandingEnd(const absl::Status& reason) = 0;
    // Has others live until `is_ready`; false when `deadline` passed first.
    virtual bool WaitUntil(MonotonicTime deadline, absl::FunctionRef<bool()> is_ready) = 0;

   protected:
    ~Watcher() = default;
  };

  explicit Link(Scene& scene);

  // Once for each side.
  std::unique_ptr<Pipe> MakePipe(Side side, Watcher* watcher, std::shared_ptr<Sequence> sequence);

  // --- The world's half.

  // A frame or the end is there for `side`; HandOver() hands it over.
  bool IsDue(Side side) const;
  void HandOver(Side side);
  bool OwesWritable(Side side) const;
  void TellWritable(Side side);
  // When IsDue() will be; kForever when nothing is on its way.
  MonotonicTime NextArrival(Side side) const;

  bool IsOpen(Side side) const { return end(side).state == State::kOpen; }

  // Both ends hear `reason` some time, after a part of what is on its way.
  void Die(const absl::Status& reason);
  // Nothing reaches `side` before `until`.
  void Stall(Side side, MonotonicTime until) { end(side).stalled_until = until; }
  // `header` reaches `side` behind all that was sent. False when nothing reaches it any more.
  bool Forge(Side side, const FrameHeader& header);

 private:
  class EndPipe;
  enum class State : uint8_t {
    kUnborn,  // no pipe, or not started
    kOpen,
    kFailing,  // it cannot go on, OnClosed() is on its way
    kClosed,
  };
  struct Parcel {
    std::vector<uint8_t> bytes;
    std::optional<OutboundQuota::Lane> lane;  // none: forged, nobody's quota
    MonotonicTime arrival;
  };
  // One end, and the way that leads to it.
  struct End {
    explicit End(const Limits& limits) : outbound(limits) {}

    State state = State::kUnborn;
    Watcher* watcher = nullptr;
    Pipe::Delegate* delegate = nullptr;
    std::shared_ptr<Sequence> sequence;
    OutboundQuota outbound;  // counts what is queued towards the other end
    bool owes_writable = false;

    std::deque<Parcel> queue;  // towards this end
    bool is_cut = false;       // what is sent towards it is lost
    std::optional<absl::Status> last_word;
    MonotonicTime last_arrival;
    MonotonicTime stalled_until;
  };

  End& end(Side side) { return ends_[static_cast<size_t>(side)]; }
  const End& end(Side side) const { return ends_[static_cast<size_t>(side)]; }

  absl::Status Send(Side from, const FrameHeader& header, const PayloadWriter& payload);
  absl::Status TrySend(Side from, const FrameHeader& header, const PayloadWriter& payload);
  absl::Status Refuse(Side from, OutboundQuota::Lane lane);
  void Close(Side side, const absl::Status& reason);
  bool FitsRecount(Side from, OutboundQuota::Lane lane, size_t size) const;
  void Push(Side to, std::vector<uint8_t> bytes, OutboundQuota::Lane lane);
  // Loses what is queued towards `side`, but for the first `kept` frames.
  void Cut(Side side, size_t kept);
  // `reason` is the last that reaches `side`.
  void Finish(Side side, const absl::Status& reason);
  MonotonicTime Arrival(Side side);
  void Release(Side from, const Parcel& parcel);

  Scene& scene_;
  std::array<End, 2> ends_;
};

}  // namespace ipc::simulation
