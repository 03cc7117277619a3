// The Ledger's half that looks at frames: what is sent, and whether what arrives follows from it.

#include "absl/strings/match.h"
#include "tests/simulation/ledger.h"

namespace ipc::simulation {
namespace {

// As sync_backlog_bytes counts a frame that waits.
constexpr size_t kKeptOverhead = 256;

}  // namespace

// --- Seen between it and its pipe.

void Ledger::Sent(const FrameHeader& header, MessageId message, const absl::Status& result) {
  Expect(life_ == Life::kOpen, Invariant::kQuietAfterEnd, "a frame is sent, kind ",
         static_cast<int>(header.kind));
  switch (header.kind) {
    case FrameKind::kReply:
      CheckReplySent(header);
      if (result.ok()) {
        Expect(replied_.insert(header.call_id).second, Invariant::kOneAnswer,
               "two replies to call ", header.call_id.value());
      }
      has_answered_ = true;
      break;
    case FrameKind::kCancel:
      CheckCancelSent(header.call_id);
      break;
    case FrameKind::kPing:
      if (result.ok()) pings_.insert(header.call_id);
      break;
    case FrameKind::kSync:
      if (result.ok()) Accepted(message, header.call_id);
      [[fallthrough]];
    case FrameKind::kSend:
    case FrameKind::kSendTo:
    case FrameKind::kSendToHost:
    case FrameKind::kInvoke:
      if (!result.ok()) break;
      Expect(message > last_sent_, Invariant::kOrder, "message ", message.value(),
             " is sent after ", last_sent_.value());
      last_sent_ = message;
      break;
    default:
      break;
  }
  if (result.ok()) out_.push_back({header.kind, header.call_id, message});
}

void Ledger::CheckReplySent(const FrameHeader& header) {
  const CallId id = header.call_id;
  if (auto handler = handlers_.find(id); handler != handlers_.end()) {
    Expect(!handler->second.stop.stop_requested(), Invariant::kOneAnswer,
           "a reply that nobody waits for, to call ", id.value());
    const bool is_timeout = answer_timeout_ && handler->second.deadline <= scene_.now;
    Expect(id == answering_ || handler->second.ticket || is_timeout, Invariant::kOneAnswer,
           "a reply that no handler gave, to call ", id.value());
    return;
  }
  if (id == answering_) return;
  // No handler was ever asked.
  refused_.insert(id);
  scene_.Count("call refused by the peer: too many");
  Expect(handlers_.size() >= scene_.plan.limits.calls_in_flight, Invariant::kQuota,
         "refuses a call beside ", handlers_.size(), " handlers");
}

void Ledger::CheckCancelSent(CallId id) {
  Expect(cancels_told_.insert(id).second, Invariant::kCancel, "call ", id.value(),
         " is cancelled twice");
  if (cancels_owed_.erase(id) > 0) return;
  // Its deadline has just passed; the callback comes next.
  for (const auto& [message, call] : calls_) {
    if (call != id) continue;
    const Message& given_up = scene_.messages.at(message);
    return Expect(given_up.kind == FrameKind::kSync || given_up.deadline <= scene_.now ||
                      given_up.frame_id == going_frame_,
                  Invariant::kCancel, "call ", id.value(), " is cancelled, and nobody said so");
  }
  Expect(false, Invariant::kCancel, "call ", id.value(), " is cancelled after its end");
}

void Ledger::OweCancel(CallId id) {
  if (!cancels_told_.contains(id)) cancels_owed_.insert(id);
}

void Ledger::Handing(const FrameView& frame) {
  const bool is_answer = is_blocked() && frame.header.kind == FrameKind::kReply &&
                         calls_.contains(awaited_) && calls_.at(awaited_) == frame.header.call_id;
  // A ping is answered when it is read, and not kept.
  if (is_answer || frame.header.kind == FrameKind::kPing) return;
  size_t& handed = is_blocked() ? handed_while_waiting_ : handed_before_;
  handed += kKeptOverhead + frame.header.channel.size() + frame.header.status_message.size() +
            frame.payload.size();
}

void Ledger::HandingEnd(const absl::Status& reason) { link_end_ = reason; }

void Ledger::Waiting() {
  Expect(handed_while_waiting_ <= scene_.plan.limits.sync_backlog_bytes, Invariant::kQuota,
         "waits on beside ", handed_while_waiting_, " bytes that came meanwhile");
}

// --- How a call ended, and whether it may have.

void Ledger::CheckEnd(const Message& message, MessageId id, CallId call, const Reply& reply) {
  const std::optional<Answer>& answer = message.answer;
  const absl::Status& status = reply.status;
  switch (status.code()) {
    case absl::StatusCode::kOk:
      scene_.Count("end: answered");
      Expect(answer && answer->status.ok(), Invariant::kEndIsTrue, "an answer nobody gave");
      Expect(answer && NumberOf(reply.payload.bytes.Joined(), kAnswerSalt) == id &&
                 reply.payload.bytes.size() == answer->size,
             Invariant::kIntact, "another answer to message ", id.value());
      return ReplyArrives(message, call);
    case absl::StatusCode::kAborted:
      scene_.Count("end: never answered");
      Expect(answer && answer->status == status, Invariant::kEndIsTrue, "nobody dropped it");
      return ReplyArrives(message, call);
    case absl::StatusCode::kFailedPrecondition: {
      scene_.Count("end: handler failed");
      absl::string_view text = status.message();
      const bool is_cut = absl::EndsWith(text, "...");
      if (is_cut) {
        scene_.Count("error cut short");
        text.remove_suffix(3);
      }
      Expect(answer && answer->status.code() == status.code() &&
                 absl::StartsWith(answer->status.message(), text) &&
                 (is_cut || answer->status.message() == text),
             Invariant::kIntact, "another error for message ", id.value());
      return ReplyArrives(message, call);
    }
    case absl::StatusCode::kOutOfRange:
      scene_.Count("end: answer too large");
      Expect(answer && answer->size > scene_.plan.limits.message_bytes, Invariant::kEndIsTrue,
             "an answer of ", answer ? answer->size : 0, " bytes is too large");
      return ReplyArrives(message, call);
    case absl::StatusCode::kResourceExhausted:
      return CheckExhausted(message, call, reply);
    case absl::StatusCode::kDeadlineExceeded:
      return CheckTimeout(message, call, reply);
    case absl::StatusCode::kUnavailable:
      if (absl::StrContains(status.message(), "the frame is gone")) {
        scene_.Count("end: frame gone");
        Expect(message.frame_id == going_frame_, Invariant::kEndIsTrue, "its frame is there");
        return OweCancel(call);
      }
      scene_.Count("end: peer gone");
      return Expect(MayBeOver(), Invariant::kEndIsTrue, "UNAVAILABLE before the end");
    default:
      return Expect(false, Invariant::kEndIsTrue, "ends as ", status.ToString());
  }
}

void Ledger::CheckTimeout(const Message& message, CallId call, const Reply& reply) {
  if (message.deadline == kForever) {
    scene_.Count("end: the peer's deadline");
    return ReplyArrives(message, call);
  }
  scene_.Count("end: deadline");
  Expect(scene_.now >= message.deadline, Invariant::kDeadline, "call ", call.value(),
         " ends before its deadline");
  Expect(absl::StrContains(reply.status.message(),
                           absl::StrCat("no answer within ", message.remaining_ms, " ms")),
         Invariant::kDeadline, "another time: ", reply.status.ToString());
  OweCancel(call);
}

void Ledger::CheckExhausted(const Message& message, CallId call, const Reply& reply) {
  const absl::string_view text = reply.status.message();
  if (absl::StrContains(text, "before the answer")) {
    scene_.Count("end: too much meanwhile");
    Expect(message.kind == FrameKind::kSync, Invariant::kEndIsTrue, "it did not block");
    Expect(handed_before_ + handed_while_waiting_ > scene_.plan.limits.sync_backlog_bytes,
           Invariant::kQuota, "only ", handed_before_ + handed_while_waiting_,
           " bytes came meanwhile");
    return OweCancel(call);
  }
  const bool was_refused = absl::StrContains(text, "calls in flight");
  scene_.Count(was_refused ? "end: too many calls" : "end: no room for the answer");
  Expect(was_refused != message.answer.has_value(), Invariant::kEndIsTrue, "ends as ", text);
  ReplyArrives(message, call);
}

void Ledger::ReplyArrives(const Message& message, CallId call) {
  auto is_it = [call](const SentFrame& frame) {
    return frame.kind == FrameKind::kReply && frame.call_id == call && !frame.is_taken;
  };
  if (message.kind == FrameKind::kSync) {
    for (SentFrame& frame : in_) {
      if (!is_it(frame)) continue;
      frame.is_taken = true;
      return;
    }
    return Expect(false, Invariant::kOrder, "a reply that was never sent");
  }
  Expect(TakeUntil(is_it).has_value(), Invariant::kOrder, "the reply to call ", call.value(),
         " arrives out of turn");
}

}  // namespace ipc::simulation
