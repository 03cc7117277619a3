// The Ledger's half that compares: frames that were passed over, and, between two steps, everything
// that a Connection counts or has promised.

#include "tests/simulation/ledger.h"

namespace ipc::simulation {

std::optional<SentFrame> Ledger::TakeUntil(absl::FunctionRef<bool(const SentFrame&)> is_it) {
  while (!in_.empty()) {
    const SentFrame frame = in_.front();
    if (is_it(frame)) {
      in_.pop_front();
      return frame;
    }
    const auto why = WhyNotPassed(frame);
    Expect(!why, Invariant::kNothingLost, why.value_or(""), " is passed over");
    if (why) return frame;  // that is enough
    PassOver(frame);
    in_.pop_front();
  }
  return std::nullopt;
}

std::optional<std::string> Ledger::WhyNotPassed(const SentFrame& frame) const {
  if (frame.is_forged) return "a frame that breaks the protocol";
  switch (frame.kind) {
    case FrameKind::kSend:
    case FrameKind::kSendTo:
    case FrameKind::kSendToHost:
      return absl::StrCat("message ", frame.message.value());
    case FrameKind::kInvoke:
    case FrameKind::kSync:
      if (refused_.contains(frame.call_id)) return std::nullopt;
      return absl::StrCat("call ", frame.call_id.value());
    case FrameKind::kReply:
      if (frame.is_taken) return std::nullopt;
      for (const auto& [message, call] : calls_) {
        if (call == frame.call_id) return absl::StrCat("the reply to call ", call.value());
      }
      return std::nullopt;
    case FrameKind::kCancel: {
      const auto handler = handlers_.find(frame.call_id);
      if (handler == handlers_.end() || handler->second.stop.stop_requested()) return std::nullopt;
      return absl::StrCat("the cancel of call ", frame.call_id.value());
    }
    case FrameKind::kPong:
      if (!pings_.contains(frame.call_id)) return std::nullopt;
      return absl::StrCat("pong ", frame.call_id.value());
    default:
      return std::nullopt;
  }
}

void Ledger::PassOver(const SentFrame& frame) {
  if (frame.kind != FrameKind::kCancel) return;
  if (auto handler = handlers_.find(frame.call_id); handler != handlers_.end()) {
    handler->second.was_cancelled = true;
  }
}

bool Ledger::MeetsForged() const {
  for (const SentFrame& frame : in_) {
    if (frame.is_forged) return true;
    if (WhyNotPassed(frame)) return false;
  }
  return false;
}

bool Ledger::MayBeOver() const { return life_ != Life::kOpen || link_end_ || MeetsForged(); }

bool Ledger::HasBeenCancelled(CallId id) const {
  for (const SentFrame& frame : in_) {
    if (frame.kind == FrameKind::kCancel && frame.call_id == id) return true;
  }
  return false;
}

void Ledger::Check(const Connection* connection, std::optional<MonotonicTime> next_tick,
                   Pipeline pipe, size_t live_callbacks) {
  Expect(live_callbacks == calls_.size(), Invariant::kReleased, live_callbacks, " callbacks for ",
         calls_.size(), " calls");
  if (connection == nullptr) return;
  Expect(connection->calls_in_flight() == calls_.size(), Invariant::kQuota,
         connection->calls_in_flight(), " calls in flight, a recount says ", calls_.size());
  Expect(connection->handlers_in_flight() == handlers_.size(), Invariant::kQuota,
         connection->handlers_in_flight(), " handlers in flight, a recount says ",
         handlers_.size());
  CheckStops();
  if (life_ != Life::kOpen) return;
  CheckTicks(next_tick);
  if (pipe != Pipeline::kOpen || cancels_owed_.empty()) return;
  Expect(false, Invariant::kCancel, "the peer is not told of call ",
         cancels_owed_.begin()->value());
}

void Ledger::CheckTicks(std::optional<MonotonicTime> next_tick) const {
  auto expect_tick = [&](MonotonicTime deadline, CallId call) {
    if (deadline == kForever) return;
    Expect(next_tick && *next_tick <= deadline, Invariant::kTick, "no tick in time for call ",
           call.value());
  };
  for (const auto& [message, call] : calls_) {
    expect_tick(scene_.messages.at(message).deadline, call);
  }
  for (const auto& [call, handler] : handlers_) {
    if (!handler.stop.stop_requested()) expect_tick(handler.deadline, call);
  }
}

void Ledger::CheckStops() const {
  for (const auto& [call, handler] : handlers_) {
    const bool is_stopped = handler.stop.stop_requested();
    if (life_ == Life::kOver || handler.was_cancelled) {
      Expect(is_stopped, Invariant::kStop, "the handler of call ", call.value(), " is not told");
    } else if (is_stopped) {
      Expect(handler.deadline <= scene_.now || HasBeenCancelled(call) || MayBeOver(),
             Invariant::kStop, "the handler of call ", call.value(), " is told for no reason");
    }
  }
}

void Ledger::CheckSettled() {
  if (life_ != Life::kOpen || link_end_) return;
  Expect(calls_.empty(), Invariant::kEnds, calls_.size(), " calls never end");
  for (const SentFrame& frame : in_) {
    const auto why = WhyNotPassed(frame);
    Expect(!why, Invariant::kNothingLost, why.value_or(""), " never arrives");
  }
}

}  // namespace ipc::simulation
