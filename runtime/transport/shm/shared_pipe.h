// The Pipe of shm_pipe.h: rings, bell and the loop's turns put together.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/poller.h"
#include "runtime/transport/pipe.h"
#include "runtime/transport/shm/doorbell_linux.h"
#include "runtime/transport/shm/frame_buffer.h"
#include "runtime/transport/shm/inbound.h"
#include "runtime/transport/shm/outbound.h"
#include "runtime/transport/shm/region.h"

namespace ipc::internal {

class SharedPipe final : public Pipe, private Poller {
 public:
  SharedPipe(EventLoop& loop, UniqueFd socket, OwnRegion own, PeerRegion peer,
             const Limits& limits);
  ~SharedPipe() override;

  // Before anything else.
  absl::Status WatchBell();

  void Start(Delegate* delegate) override;
  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) override;
  void Close() override;
  void Abort(const absl::Status& reason) override;
  bool WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) override;

 private:
  enum class State {
    kOpen,
    kFailing,  // nothing is sent or received any more, OnClosed() is on its way
    kClosed,   // by Close(), or OnClosed() was called
  };
  enum class Delivered { kFrame, kPieces, kNothing, kEnd, kDestroyed };

  // On the stack of whoever calls the delegate: tells whether the delegate destroyed the pipe.
  class Witness;

  // Poller.
  void Poll() override;
  bool HasWork() override;
  void FallAsleep() override { SayAsleep(); }
  void WakeUp() override { SayAwake(); }
  PeerPlace peer_place() const override;

  bool HasInput() const;
  Delivered DeliverNext();
  Delivered DeliverFrame(const PartedBytes& bytes, FrameBuffer buffer);
  Delivered DeliverEnd(const absl::Status& reason);
  // What follows the last frame, if anything.
  Delivered DeliverWhatFollows(uint32_t end);

  void TellProcessor();
  absl::Status Refuse();
  // The peer broke a rule: the end, now.
  Delivered Reject(const absl::Status& reason);
  // We cannot go on: the end, from the loop.
  void Fail(const absl::Status& reason);

  void Pump();
  void SayEnd(RegionEnd end);
  void SayFarewell(const absl::Status& reason);
  absl::Status ReadFarewell() const;
  // Rings when the peer sleeps, in one of these ways, and was not rung for that.
  void RingIfAsleep();
  void RingIfAsleepForRoom();
  void Ring(uint32_t asleep);
  void SayAsleep();
  void SayAwake();
  void OnBell();
  void Linger();

  EventLoop& loop_;
  Doorbell bell_;
  const OwnRegion own_;
  const PeerRegion peer_;
  const Limits limits_;
  Outbound outbound_;
  Inbound inbound_;
  FrameBuffer spare_;  // for the next frame, unless a delivery has it
  Delegate* delegate_ = nullptr;
  State state_ = State::kOpen;
  absl::Status failure_;     // what OnClosed() will say, while failing
  bool is_closing_ = false;  // by Close(), while frames wait
  bool is_peer_gone_ = false;
  size_t delivered_bytes_ = 0;  // in this turn
  bool expects_ = false;    // more may follow soon: something was sent or received since it slept
  uint32_t processor_ = 0;  // as our region says it
  uint32_t asleep_ = 0;     // likewise
  uint32_t rung_for_ = 0;
  std::optional<WatchId> watch_;
  Witness* witness_ = nullptr;  // the innermost
};

}  // namespace ipc::internal
