// The Pipe that every transport is: frames, limits and callbacks over a Link that moves bytes.
//
//   Send() -> OutboundQuota -> Link -> ... -> Link -> Inbox -> OnFrame()
//
// Ownership   Owns its Link; shares Inbox and OutboundQuota with it.
// Threads     As Pipe.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/task_runner.h"
#include "runtime/transport/inbox.h"
#include "runtime/transport/link.h"
#include "runtime/transport/outbound_quota.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc {

// What a FramedPipe and its Link share.
struct PipeEnd {
  PipeEnd(std::shared_ptr<TaskRunner> sequence, const Limits& the_limits);

  Limits limits;
  std::shared_ptr<TaskRunner> runner;
  std::shared_ptr<Inbox> inbox;
  std::shared_ptr<OutboundQuota> outbound;
};

class FramedPipe final : public Pipe, private Inbox::Reader {
 public:
  FramedPipe(PipeEnd end, std::unique_ptr<Link> link);
  ~FramedPipe() override;

  void Start(Delegate* delegate) override;
  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) override;
  void Close() override;
  void Abort(const absl::Status& reason) override;
  bool WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) override;

 private:
  struct Batch;
  enum class State {
    kOpen,
    kFailing,  // nothing is sent or received any more, OnClosed() is on its way
    kClosed,   // by Close(), or OnClosed() was called
  };
  enum class Delivered { kFrame, kEnd, kNothing, kDestroyed };

  void OnInboxReady() override;
  Delivered DeliverNext();
  Delivered DeliverEnd(const absl::Status& reason);
  // `lane` is full.
  absl::Status Refuse(OutboundQuota::Lane lane);
  // The peer broke a rule: the end, now.
  Delivered Reject(const absl::Status& reason);
  // We cannot go on: the end, from the loop.
  void Fail(const absl::Status& reason);

  const PipeEnd end_;
  const std::unique_ptr<Link> link_;
  Delegate* delegate_ = nullptr;
  State state_ = State::kOpen;
  bool is_in_turn_ = false;         // inside OnInboxReady()
  bool has_sent_ = false;           // in this turn
  std::shared_ptr<Batch> current_;  // shared with a delivery that a nested one overtakes
  const std::shared_ptr<const char> alive_ = std::make_shared<const char>();
};

}  // namespace ipc
