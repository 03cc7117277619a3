#include "tests/simulation/actor.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace ipc {

const Blocking& BlockingForTest() {
  static const Blocking blocking;
  return blocking;
}

}  // namespace ipc

namespace ipc::simulation {
namespace {

std::optional<milliseconds> AnswerTimeout(const Scene& scene, Side side) {
  return side == Side::kMain ? scene.plan.answer_timeout : std::nullopt;
}

}  // namespace

Actor::Actor(Scene& scene, Place place, std::string name)
    : scene_(scene),
      user_(scene),
      place_(std::move(place)),
      name_(std::move(name)),
      ledger_(scene, name_, place_.out, place_.in, AnswerTimeout(scene, place_.side)),
      connection_(std::make_unique<Connection>(
          this, Connection::Options{.limits = scene.plan.limits,
                                    .runner = place_.sequence,
                                    .now = [&scene] { return scene.now; },
                                    .is_main = place_.side == Side::kMain,
                                    .answer_timeout = AnswerTimeout(scene, place_.side)})) {}

Actor::~Actor() {
  scene_.is_calm = true;
  for (Owed& owed : owed_) owed.on_stop.reset();
}

// --- What a user does.

void Actor::Attach() {
  if (!connection_ || is_attached_) return;
  Note("attaches");
  is_attached_ = true;
  CurrentTaskRunner turn(place_.sequence);
  connection_->Attach(place_.link.MakePipe(place_.side, this, place_.sequence));
}

MessageId Actor::NewMessage(FrameKind kind) {
  Dice& dice = scene_.dice;
  Message message;
  message.kind = kind;
  message.frame_id = FrameId(static_cast<uint32_t>(dice.Between(1, 3)));
  message.sender_id = WebContentsId(static_cast<uint32_t>(dice.Below(4)));
  // Mostly small.
  const size_t largest = dice.OneIn(4) ? scene_.plan.largest_message : 60;
  message.size = dice.Between(NumberedPayload::kLeast, largest);
  if (kind == FrameKind::kSendTo) {
    message.target_id = WebContentsId(static_cast<uint32_t>(dice.Between(1, 4)));
  }
  const bool is_call = kind == FrameKind::kInvoke || kind == FrameKind::kSync;
  if (is_call && !dice.OneIn(3)) {
    const auto wait = dice.UpTo(scene_.plan.longest_deadline);
    message.deadline = scene_.now + wait;
    message.remaining_ms = std::chrono::ceil<milliseconds>(wait).count();
  }
  return scene_.messages.Add(message);
}

Address Actor::AddressOf(MessageId id) {
  const Message& message = scene_.messages.at(id);
  return {kChannel, message.frame_id, message.sender_id, message.target_id};
}

Ledger::Pipeline Actor::pipe() const {
  if (!is_attached_) return Ledger::Pipeline::kNone;
  return place_.link.IsOpen(place_.side) ? Ledger::Pipeline::kOpen : Ledger::Pipeline::kShut;
}

void Actor::Send(FrameKind kind) {
  if (!connection_) return;
  const MessageId id = NewMessage(kind);
  const NumberedPayload payload(id, scene_.messages.at(id).size, kMessageSalt);
  absl::Status sent;
  if (kind == FrameKind::kSendTo) {
    sent = connection_->SendTo(AddressOf(id), payload);
  } else if (kind == FrameKind::kSendToHost) {
    sent = connection_->SendToHost(AddressOf(id), payload);
  } else {
    sent = connection_->Send(AddressOf(id), payload);
  }
  Note("sends ", id.value(), ": ", sent.ToString());
  ledger_.Asked(id, sent, pipe());
}

void Actor::Invoke() {
  if (!connection_) return;
  const MessageId id = NewMessage(FrameKind::kInvoke);
  const Message message = scene_.messages.at(id);
  const absl::StatusOr<CallId> call = connection_->Invoke(
      AddressOf(id), NumberedPayload(id, message.size, kMessageSalt), message.deadline, Done(id));
  Note("invokes ", id.value(), ": ", call.status().ToString());
  ledger_.Asked(id, call.status(), pipe());
  if (call.ok()) ledger_.Accepted(id, *call);
}

void Actor::InvokeSync() {
  if (!connection_ || place_.side == Side::kMain || ledger_.is_blocked()) return;
  const MessageId id = NewMessage(FrameKind::kSync);
  const Message message = scene_.messages.at(id);
  Note("blocks on ", id.value());
  scene_.Count("sync");
  ledger_.SyncBegins(id);
  const absl::Status sent = connection_->InvokeSync(BlockingForTest(), AddressOf(id),
                                                    NumberedPayload(id, message.size, kMessageSalt),
                                                    message.deadline, Done(id));
  Note("goes on after ", id.value(), ": ", sent.ToString());
  if (!sent.ok()) ledger_.Asked(id, sent, pipe());
  ledger_.SyncReturns(id);
}

ReplyCallback Actor::Done(MessageId id) {
  return [this, id, alive = callback_alive_](const Reply& reply) {
    Note("message ", id.value(), " ends: ", reply.status.ToString());
    ledger_.Ends(id, reply);
    user_.DuringUpcall(*this);
  };
}

void Actor::CancelOne() {
  if (!connection_) return;
  const auto& calls = ledger_.calls();
  if (calls.empty() || scene_.dice.OneIn(8)) {
    connection_->Cancel(CallId(1'000'000 + scene_.dice.Below(10)));  // nobody's
    return;
  }
  auto chosen = calls.begin();
  std::advance(chosen, scene_.dice.Below(calls.size()));
  const auto [message, call] = *chosen;
  if (scene_.messages.at(message).kind == FrameKind::kSync) return;  // its id is nobody's to know
  Note("cancels ", message.value());
  scene_.Count("cancelled");
  ledger_.Cancelling(message);
  connection_->Cancel(call);
}

void Actor::Ping() {
  if (!connection_ || !is_attached_) return;
  Note("pings");
  connection_->Ping(CallId(++pings_));
}

void Actor::LoseFrame() {
  if (!connection_ || ledger_.is_losing_frame()) return;
  const FrameId frame(static_cast<uint32_t>(scene_.dice.Between(1, 3)));
  Note("loses frame ", frame.value());
  scene_.Count("frame lost");
  ledger_.FrameGoes(frame);
  connection_->EndCallsOf(frame);
  ledger_.FrameIsGone();
}

void Actor::Close(const absl::Status& reason) {
  if (!connection_) return;
  Note("closes: ", reason.ToString());
  scene_.Count(reason.ok() ? "closed" : "closed for a reason");
  ledger_.Closing(reason);
  connection_->Close(reason);
}

void Actor::Leave() {
  if (!connection_) return;
  Note("leaves");
  scene_.Count("left");
  const bool was_over = ledger_.is_over();
  ledger_.Leaving();
  connection_->Leave();
  if (!was_over && connection_) ledger_.Left();
}

void Actor::Destroy() {
  if (!connection_) return;
  Note("is destroyed");
  if (!is_attached_) place_.link.Die(absl::UnavailableError("never came"));
  ledger_.Destroying();
  connection_.reset();
  ledger_.Destroyed();
}

void Actor::Act() {
  CurrentTaskRunner turn(place_.sequence);
  user_.Act(*this);
}

void Actor::Tick() {
  Note("ticks");
  next_tick_.reset();
  CurrentTaskRunner turn(place_.sequence);
  // Callbacks may block, and time goes on.
  const MonotonicTime then = scene_.now;
  connection_->Tick(then);
  if (connection_) ledger_.Ticked(then);
}

// --- What it hears.

void Actor::OnSend(const IncomingMessage& message) { HearMessage(FrameKind::kSend, message); }

void Actor::OnSendTo(const IncomingMessage& message) { HearMessage(FrameKind::kSendTo, message); }

void Actor::OnSendToHost(const IncomingMessage& message) {
  HearMessage(FrameKind::kSendToHost, message);
}

void Actor::OnPong(CallId id) {
  Note("hears pong ", id.value());
  scene_.Count("pong");
  ledger_.PongArrives(id);
  user_.DuringUpcall(*this);
}

void Actor::HearMessage(FrameKind kind, const IncomingMessage& message) {
  const MessageId id = NumberOf(message.payload.bytes.Joined(), kMessageSalt);
  Note("hears ", id.value());
  ledger_.Arrives(kind, message, id);
  user_.DuringUpcall(*this);
}

void Actor::OnInvoke(const IncomingMessage& message, Responder responder) {
  HearCall(FrameKind::kInvoke, message, std::move(responder));
}

void Actor::OnSync(const IncomingMessage& message, Responder responder) {
  HearCall(FrameKind::kSync, message, std::move(responder));
}

void Actor::HearCall(FrameKind kind, const IncomingMessage& message, Responder responder) {
  const MessageId id = NumberOf(message.payload.bytes.Joined(), kMessageSalt);
  Note("is asked ", id.value());
  const CallId call = ledger_.Arrives(kind, message, id);
  if (!scene_.oracle.is_content()) return;
  ledger_.HandlerBegins(id, call, responder);
  const std::stop_token stop = responder.stop_token();
  owed_.push_back({call, id, std::move(responder), nullptr});
  if (scene_.dice.OneIn(scene_.plan.reentrance_in)) {
    auto on_stop = [this, id] {
      Note("is told to stop ", id.value());
      scene_.Count("stop heard");
      user_.DuringUpcall(*this);
    };
    owed_.back().on_stop =
        std::make_unique<std::stop_callback<std::function<void()>>>(stop, std::move(on_stop));
  }
  user_.Handle(*this, call);
}

void Actor::OnClosed(const absl::Status& reason) {
  Note("hears the end: ", reason.ToString());
  ledger_.Hears(reason);
  user_.DuringUpcall(*this);
}

void Actor::OnSent(const FrameHeader& header, const PayloadWriter& payload,
                   const absl::Status& result) {
  ledger_.Sent(header, IsMessage(header.kind) ? NumberOf(payload) : MessageId(), result);
}

void Actor::OnHanding(const FrameView& frame) {
  Note("is handed a frame, kind ", static_cast<int>(frame.header.kind));
  ledger_.Handing(frame);
}

void Actor::OnHandingEnd(const absl::Status& reason) {
  Note("is handed the end: ", reason.ToString());
  ledger_.HandingEnd(reason);
}

bool Actor::WaitUntil(MonotonicTime deadline, absl::FunctionRef<bool()> is_ready) {
  ledger_.Waiting();
  const bool was_blocked = std::exchange(place_.sequence->is_blocked, true);
  const bool is_there = place_.wait(deadline, is_ready);
  place_.sequence->is_blocked = was_blocked;
  return is_there;
}

// --- Answers.

Actor::Owed Actor::TakeOwed(size_t index) {
  Owed owed = std::move(owed_[index]);
  owed_.erase(owed_.begin() + static_cast<ptrdiff_t>(index));
  return owed;
}

void Actor::AnswerOne(How how) {
  if (!owed_.empty()) AnswerHere(TakeOwed(scene_.dice.Below(owed_.size())), how);
}

void Actor::Answer(CallId call, How how) {
  for (size_t i = 0; i < owed_.size(); ++i) {
    if (owed_[i].call == call) return AnswerHere(TakeOwed(i), how);
  }
}

void Actor::AnswerHere(Owed owed, How how) {
  owed.on_stop.reset();
  const simulation::Answer answer = Decide(owed, how);
  ledger_.Answering(owed.call);
  Say(owed, answer);
  ledger_.Answered();
}

void Actor::AnswerOneElsewhere(How how) {
  if (owed_.empty()) return;
  Owed owed = TakeOwed(scene_.dice.Below(owed_.size()));
  owed.on_stop.reset();
  scene_.Count("answered elsewhere");
  const simulation::Answer answer = Decide(owed, how);
  {
    CurrentTaskRunner elsewhere(std::make_shared<Sequence>());
    Say(owed, answer);
  }
  ledger_.AnsweredElsewhere(owed.call, place_.sequence->posted());
}

simulation::Answer Actor::Decide(const Owed& owed, How how) {
  Dice& dice = scene_.dice;
  simulation::Answer answer;
  switch (how) {
    case How::kReply:
      answer.size =
          dice.Between(NumberedPayload::kLeast, dice.OneIn(3) ? scene_.plan.largest_message : 60);
      break;
    case How::kFail: {
      // A long one needs the room of large answers, and may not get it.
      const size_t length = dice.OneIn(3) ? 3000 : 10;
      answer.status = absl::FailedPreconditionError(
          absl::StrCat("failed ", owed.message.value(), std::string(length, '!')));
      break;
    }
    case How::kDrop:
      answer.status = absl::AbortedError("reply was never sent");
      break;
  }
  Note("answers ", owed.message.value(), ": ", answer.size, " ", answer.status.ToString());
  scene_.messages.at(owed.message).answer = answer;
  return answer;
}

void Actor::Say(Owed& owed, const simulation::Answer& answer) {
  if (answer.status.ok()) {
    const NumberedPayload payload(owed.message, answer.size, kAnswerSalt);
    owed.responder.Reply(payload);
    owed.responder.Reply(payload);  // spent: says nothing
  } else if (absl::IsAborted(answer.status)) {
    Responder dropped = std::move(owed.responder);
  } else {
    owed.responder.Fail(answer.status);
  }
}

void Actor::Check() {
  if (ledger_.is_blocked()) return;
  ledger_.TasksRan(place_.sequence->ran(), !place_.sequence->has_tasks());
  ledger_.Check(connection_.get(), next_tick_, pipe(),
                static_cast<size_t>(callback_alive_.use_count()) - 1);
}

}  // namespace ipc::simulation
