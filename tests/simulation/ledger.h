// The books of one end of a connection: which of its calls are in flight, which handlers owe an
// answer, what may still arrive. It is told what its Connection is asked and what it does, and
// says whether that may be.
//
// Ownership   Borrows the scene and the two streams, which it shares with the peer's ledger.
// Threads     One.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "runtime/core/connection.h"
#include "tests/simulation/scene.h"
#include "tests/simulation/stream.h"

namespace ipc::simulation {

inline constexpr std::string_view kChannel = "channel";

class Ledger {
 public:
  enum class Pipeline : uint8_t { kNone, kOpen, kShut };

  Ledger(Scene& scene, std::string name, Stream& out, Stream& in,
         std::optional<milliseconds> answer_timeout);

  // --- Asked of the Connection.

  // Send(), Invoke() or InvokeSync() has returned.
  void Asked(MessageId message, const absl::Status& result, Pipeline pipe);
  void Accepted(MessageId message, CallId id);
  void Cancelling(MessageId message);
  void SyncBegins(MessageId message);
  void SyncReturns(MessageId message);
  // Around EndCallsOf().
  void FrameGoes(FrameId frame);
  void FrameIsGone();
  void Closing(const absl::Status& reason);
  void Leaving();
  void Left();
  // Around the destructor, which tells handlers.
  void Destroying();
  void Destroyed();
  // Tick() of then has returned.
  void Ticked(MonotonicTime then);

  // --- Said by it.

  void Ends(MessageId message, const Reply& reply);
  // A message. The call's id; nobody's for one that only a wrong Connection dispatches.
  CallId Arrives(FrameKind kind, const IncomingMessage& incoming, MessageId message);
  void PongArrives(CallId id);
  void Hears(const absl::Status& closed);

  // --- Handlers.

  void HandlerBegins(MessageId message, CallId id, const Responder& responder);
  // Before and after it answers on this sequence.
  void Answering(CallId id);
  void Answered();
  // From another one: the answer is sent when the sequence has run `ticket` tasks.
  void AnsweredElsewhere(CallId id, uint64_t ticket);
  // `is_idle`: and there are no others.
  void TasksRan(uint64_t ran, bool is_idle);

  // --- Seen between it and its pipe.

  void Sent(const FrameHeader& header, MessageId message, const absl::Status& result);
  void Handing(const FrameView& frame);
  void HandingEnd(const absl::Status& reason);
  void Waiting();

  // --- Between two steps, while nothing of this end is on the stack.

  void Check(const Connection* connection, std::optional<MonotonicTime> next_tick, Pipeline pipe,
             size_t live_callbacks);
  // Nothing is left to happen.
  void CheckSettled();

  // No upcall follows.
  bool is_over() const { return life_ == Life::kOver; }
  bool is_losing_frame() const { return going_frame_.has_value(); }
  bool is_blocked() const { return awaited_ != MessageId(); }
  const std::map<MessageId, CallId>& calls() const { return calls_; }

 private:
  enum class Life : uint8_t { kOpen, kClosing, kOver };
  struct Handler {
    MessageId message;
    MonotonicTime deadline;
    std::stop_token stop;
    std::optional<uint64_t> ticket;  // of an answer from elsewhere
    bool was_cancelled = false;      // the caller's frame was dealt with
  };

  void CheckEnd(const Message& message, MessageId id, CallId call, const Reply& reply);
  void CheckTimeout(const Message& message, CallId call, const Reply& reply);
  void CheckExhausted(const Message& message, CallId call, const Reply& reply);
  void CheckReplySent(const FrameHeader& header);
  void CheckCancelSent(CallId id);
  void OweCancel(CallId id);
  void CheckTicks(std::optional<MonotonicTime> next_tick) const;
  void CheckStops() const;
  void ReplyArrives(const Message& message, CallId call);
  std::optional<SentFrame> TakeUntil(absl::FunctionRef<bool(const SentFrame&)> is_it);
  // Whether a frame may be passed over, and why not otherwise.
  std::optional<std::string> WhyNotPassed(const SentFrame& frame) const;
  void PassOver(const SentFrame& frame);
  // The next frame that something has to come of is one that ends the connection.
  bool MeetsForged() const;
  bool MayBeOver() const;
  bool HasBeenCancelled(CallId id) const;
  template <typename... Words>
  void Expect(bool holds, Invariant invariant, const Words&... what) const {
    scene_.Expect(holds, invariant, name_, ": ", what...);
  }

  Scene& scene_;
  const std::string name_;
  Stream& out_;
  Stream& in_;
  const std::optional<milliseconds> answer_timeout_;

  Life life_ = Life::kOpen;
  std::optional<absl::Status> closing_for_;
  std::optional<absl::Status> link_end_;
  bool may_go_on_ = false;  // after it was destroyed

  std::map<MessageId, CallId> calls_;
  std::map<CallId, Handler> handlers_;
  MessageId awaited_;
  size_t handed_before_ = 0;  // bytes that may still be kept, as sync_backlog_bytes counts
  size_t handed_while_waiting_ = 0;
  MessageId last_sent_;
  std::set<CallId> pings_;  // that were sent, and not answered
  std::optional<FrameId> going_frame_;
  std::vector<MessageId> going_calls_;
  // Messages taken before there was a pipe: their sender's own, and those that are passed on.
  struct Kept {
    size_t frames = 0;
    size_t bytes = 0;
  };
  std::array<Kept, 2> kept_;
  std::set<CallId> cancels_owed_;
  std::set<CallId> cancels_told_;
  std::set<CallId> refused_;  // calls of the peer that found too many others
  std::set<CallId> replied_;
  CallId answering_;  // on the stack
  bool has_answered_ = false;
};

}  // namespace ipc::simulation
