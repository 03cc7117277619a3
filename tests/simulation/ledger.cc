#include "tests/simulation/ledger.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "runtime/base/strings.h"

namespace ipc::simulation {
namespace {

// Of a message of ours in a batch of its own; what it is exactly is the runtime's affair.
constexpr size_t kLargestHeader = 48;

}  // namespace

Ledger::Ledger(Scene& scene, std::string name, Stream& out, Stream& in,
               std::optional<milliseconds> answer_timeout)
    : scene_(scene), name_(std::move(name)), out_(out), in_(in), answer_timeout_(answer_timeout) {}

// --- Asked of the Connection.

void Ledger::Asked(MessageId id, const absl::Status& result, Pipeline pipe) {
  Message& message = scene_.messages.at(id);
  const bool is_call = message.kind == FrameKind::kInvoke || message.kind == FrameKind::kSync;
  const Limits& limits = scene_.plan.limits;
  const bool is_relayed = message.sender_id != WebContentsId();
  Kept& kept = kept_[is_relayed ? 1 : 0];
  const size_t most_bytes = is_relayed ? limits.relayed_bytes : limits.outbound_bytes;
  const size_t most_kept = is_relayed ? limits.relayed_frames : limits.outbound_frames;
  if (result.ok()) {
    Expect(life_ == Life::kOpen, Invariant::kQuietAfterEnd, "message ", id.value(), " is taken");
    Expect(message.size <= limits.message_bytes, Invariant::kQuota, message.size,
           " bytes are taken");
    if (pipe == Pipeline::kNone) {
      kept.frames += 1;
      kept.bytes += message.size + kLargestHeader;
      Expect(kept.frames <= most_kept, Invariant::kQuota, kept.frames, " messages wait for a pipe");
    }
    return;
  }
  message.fate = Fate::kGivenUp;
  const bool has_room = !is_call || calls_.size() < limits.calls_in_flight;
  switch (result.code()) {
    case absl::StatusCode::kUnavailable:
      return Expect(MayBeOver() || pipe == Pipeline::kShut, Invariant::kEndIsTrue,
                    "UNAVAILABLE before the end");
    case absl::StatusCode::kOutOfRange:
      return Expect(message.size > limits.message_bytes, Invariant::kQuota, message.size,
                    " bytes are too many");
    case absl::StatusCode::kDeadlineExceeded:
      return Expect(message.deadline <= scene_.now, Invariant::kDeadline,
                    "refused before its time");
    case absl::StatusCode::kResourceExhausted:
      if (!absl::StrContains(result.message(), "calls in flight")) {
        if (pipe != Pipeline::kNone) return;  // the link recounts
        scene_.Count("message refused: no pipe yet");
        return Expect(
            kept.frames >= most_kept || kept.bytes + message.size + kLargestHeader > most_bytes,
            Invariant::kQuota, "refused beside ", kept.bytes, " bytes");
      }
      scene_.Count("call refused: too many");
      return Expect(!has_room, Invariant::kQuota, "refused with ", calls_.size(), " in flight");
    default:
      return Expect(false, Invariant::kEndIsTrue, "refused: ", result.ToString());
  }
}

void Ledger::Accepted(MessageId message, CallId id) {
  Expect(calls_.size() < scene_.plan.limits.calls_in_flight, Invariant::kQuota,
         "one call too many");
  scene_.messages.at(message).fate = Fate::kInFlight;
  calls_.emplace(message, id);
}

void Ledger::Cancelling(MessageId message) {
  scene_.messages.at(message).fate = Fate::kGivenUp;
  cancels_owed_.insert(calls_.at(message));
  calls_.erase(message);
}

void Ledger::SyncBegins(MessageId message) {
  awaited_ = message;
  handed_before_ += std::exchange(handed_while_waiting_, 0);
}

void Ledger::SyncReturns(MessageId message) {
  Expect(scene_.messages.at(message).fate != Fate::kInFlight, Invariant::kEnds,
         "a synchronous call returned without its end");
  awaited_ = MessageId();
}

void Ledger::FrameGoes(FrameId frame) {
  going_frame_ = frame;
  going_calls_.clear();
  for (const auto& [message, id] : calls_) {
    if (scene_.messages.at(message).frame_id == frame) going_calls_.push_back(message);
  }
}

void Ledger::FrameIsGone() {
  for (MessageId message : going_calls_) {
    // Where everything ends, its calls are next anyway.
    Expect(scene_.messages.at(message).fate != Fate::kInFlight || MayBeOver(), Invariant::kEnds,
           "message ", message.value(), " outlives its frame");
  }
  going_calls_.clear();
  going_frame_.reset();
}

void Ledger::Closing(const absl::Status& reason) {
  if (life_ != Life::kOpen) return;
  life_ = Life::kClosing;
  closing_for_ = reason;
}

void Ledger::Leaving() {
  if (life_ == Life::kOpen) life_ = Life::kClosing;
}

void Ledger::Left() {
  Expect(calls_.empty(), Invariant::kEnds, "Leave() left ", calls_.size(), " calls");
  life_ = Life::kOver;
}

void Ledger::Destroying() {
  // It may be ending its calls just now; what it does with the rest is its own affair.
  may_go_on_ = MayBeOver();
  if (life_ == Life::kOpen) life_ = Life::kClosing;
}

void Ledger::Destroyed() {
  for (const auto& [message, id] : calls_) {
    scene_.messages.at(message).fate = may_go_on_ ? Fate::kLoose : Fate::kGivenUp;
  }
  calls_.clear();
  for (const auto& [id, handler] : handlers_) {
    Expect(handler.stop.stop_requested(), Invariant::kStop, "not told of the destruction: call ",
           id.value());
  }
  handlers_.clear();
  cancels_owed_.clear();
  awaited_ = MessageId();
  life_ = Life::kOver;
}

void Ledger::Ticked(MonotonicTime then) {
  if (life_ != Life::kOpen) return;
  for (const auto& [message, id] : calls_) {
    Expect(scene_.messages.at(message).deadline > then, Invariant::kDeadline, "call ", id.value(),
           " outlives the tick of its deadline");
  }
  for (const auto& [id, handler] : handlers_) {
    Expect(handler.deadline > then || handler.stop.stop_requested(), Invariant::kStop,
           "the handler of call ", id.value(), " is not told of its deadline");
  }
}

// --- Said by it.

void Ledger::Ends(MessageId id, const Reply& reply) {
  Message& message = scene_.messages.at(id);
  Expect(message.fate == Fate::kInFlight || message.fate == Fate::kLoose, Invariant::kEndsOnce,
         "message ", id.value(), " ends, and should not: ", reply.status.ToString());
  const bool is_loose = message.fate == Fate::kLoose;
  message.fate = Fate::kEnded;
  if (is_loose || !calls_.contains(id)) return;
  if (is_blocked()) {
    Expect(id == awaited_, Invariant::kQuietBlocked, "another call ends");
    awaited_ = MessageId();
  }
  const CallId call = calls_.at(id);
  CheckEnd(message, id, call, reply);
  calls_.erase(id);
}

CallId Ledger::Arrives(FrameKind kind, const IncomingMessage& incoming, MessageId id) {
  Expect(life_ == Life::kOpen, Invariant::kQuietAfterEnd, "message ", id.value(), " arrives");
  Expect(!is_blocked(), Invariant::kQuietBlocked, "message ", id.value(), " arrives");
  Expect(scene_.messages.has(id), Invariant::kIntact, "a message nobody sent arrives");
  if (!scene_.oracle.is_content()) return CallId();
  const Message& message = scene_.messages.at(id);
  const Address& address = incoming.address;
  Expect(message.kind == kind && message.size == incoming.payload.bytes.size() &&
             message.frame_id == address.frame_id && message.sender_id == address.sender_id &&
             message.target_id == address.target_id && ToAbsl(address.channel) == ToAbsl(kChannel),
         Invariant::kIntact, "message ", id.value(), " has changed");
  const auto found = TakeUntil([id](const SentFrame& frame) { return frame.message == id; });
  Expect(found.has_value(), Invariant::kOrder, "message ", id.value(), " arrives out of turn");
  return found ? found->call_id : CallId();
}

void Ledger::PongArrives(CallId id) {
  Expect(life_ == Life::kOpen, Invariant::kQuietAfterEnd, "a pong arrives");
  Expect(!is_blocked(), Invariant::kQuietBlocked, "a pong arrives");
  Expect(pings_.erase(id) == 1, Invariant::kEndsOnce, "pong ", id.value(), " answers no ping");
  const auto found = TakeUntil([id](const SentFrame& frame) {
    return frame.kind == FrameKind::kPong && frame.call_id == id;
  });
  Expect(found.has_value(), Invariant::kOrder, "pong ", id.value(), " arrives out of turn");
}

void Ledger::Hears(const absl::Status& closed) {
  Expect(life_ != Life::kOver, Invariant::kLastWord, "the end is told twice, or after Leave()");
  Expect(!is_blocked(), Invariant::kQuietBlocked, "the end is told");
  Expect(calls_.empty(), Invariant::kLastWord, "the end is told before the end of ", calls_.size(),
         " calls");
  if (closing_for_ && closed == *closing_for_) {
    scene_.Count("end: by this side");
  } else if (link_end_ && closed == *link_end_) {
    const bool is_goodbye = closed.ok();
    if (is_goodbye) {
      for (const SentFrame& frame : in_) {
        const auto why = WhyNotPassed(frame);
        Expect(!why, Invariant::kNothingLost, "a goodbye before ", why.value_or(""));
      }
    }
  } else {
    scene_.Count("end: protocol broken");
    Expect(absl::IsInvalidArgument(closed) && MeetsForged(), Invariant::kLastWord,
           "for no reason: ", closed.ToString());
  }
  life_ = Life::kOver;
}

// --- Handlers.

void Ledger::HandlerBegins(MessageId message, CallId id, const Responder& responder) {
  Expect(handlers_.size() < scene_.plan.limits.calls_in_flight, Invariant::kQuota,
         "one handler too many");
  MonotonicTime deadline = kForever;
  if (const int64_t remaining = scene_.messages.at(message).remaining_ms; remaining > 0) {
    deadline = scene_.now + milliseconds(remaining);
  } else if (answer_timeout_) {
    deadline = scene_.now + *answer_timeout_;
  }
  Expect(responder.deadline() == deadline, Invariant::kIntact, "another deadline for call ",
         id.value());
  const bool is_new =
      handlers_.emplace(id, Handler{message, deadline, responder.stop_token(), {}}).second;
  Expect(is_new, Invariant::kQuota, "call ", id.value(), " has two handlers");
}

void Ledger::Answering(CallId id) {
  const auto handler = handlers_.find(id);
  answering_ = id;
  // Where nobody waits, nothing is sent.
  has_answered_ =
      MayBeOver() || handler == handlers_.end() || handler->second.stop.stop_requested();
}

void Ledger::Answered() {
  Expect(has_answered_, Invariant::kOneAnswer, "no reply to call ", answering_.value());
  handlers_.erase(answering_);
  answering_ = CallId();
}

void Ledger::AnsweredElsewhere(CallId id, uint64_t ticket) {
  if (auto handler = handlers_.find(id); handler != handlers_.end()) {
    handler->second.ticket = ticket;
  }
}

void Ledger::TasksRan(uint64_t ran, bool is_idle) {
  if (is_idle && !is_blocked()) handed_before_ = handed_while_waiting_ = 0;
  std::erase_if(handlers_, [ran](const auto& entry) {
    return entry.second.ticket && *entry.second.ticket <= ran;
  });
}

}  // namespace ipc::simulation
