#include "tests/simulation/user.h"

#include "tests/simulation/actor.h"

namespace ipc::simulation {
namespace {

constexpr int kDeepest = 3;

Actor::How AnyHow(Dice& dice) {
  switch (dice.Below(5)) {
    case 0:
      return Actor::How::kDrop;
    case 1:
      return Actor::How::kFail;
    default:
      return Actor::How::kReply;
  }
}

}  // namespace

void User::Act(Actor& actor) {
  Dice& dice = scene_.dice;
  if (dice.OneIn(scene_.plan.farewell_in)) return SayFarewell(actor);
  switch (dice.Below(20)) {
    case 0:
    case 1:
      return actor.Send(FrameKind::kSend);
    case 2:
      return actor.Send(actor.side() == Side::kRenderer ? FrameKind::kSendTo
                                                        : FrameKind::kSendToHost);
    case 3:
      if (dice.OneIn(3)) return actor.LoseFrame();
      return actor.Ping();
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
      return actor.Invoke();
    case 10:
    case 11:
      return actor.InvokeSync();
    case 12:
    case 13:
      return actor.CancelOne();
    case 14:
    case 15:
      return actor.AnswerOneElsewhere(AnyHow(dice));
    default:
      return actor.AnswerOne(AnyHow(dice));
  }
}

void User::SayFarewell(Actor& actor) {
  switch (scene_.dice.Below(5)) {
    case 0:
      return actor.Close(absl::OkStatus());
    case 1:
      return actor.Close(absl::InternalError("enough"));
    case 2:
      actor.Leave();
      return actor.Destroy();
    case 3:
      return actor.Leave();
    default:
      return actor.Destroy();
  }
}

void User::DuringUpcall(Actor& actor) {
  if (scene_.is_calm || !scene_.oracle.is_content()) return;
  if (depth_ >= kDeepest || !scene_.dice.OneIn(scene_.plan.reentrance_in)) return;
  ++depth_;
  const bool was_alive = actor.is_alive();
  Act(actor);
  scene_.Count("act inside an upcall");
  if (was_alive && !actor.is_alive()) scene_.Count("destroyed inside an upcall");
  --depth_;
}

void User::Handle(Actor& actor, CallId call) {
  Dice& dice = scene_.dice;
  if (scene_.is_calm) return actor.Answer(call, Actor::How::kReply);
  switch (dice.Below(8)) {
    case 0:
    case 1:
    case 2:
      actor.Answer(call, AnyHow(dice));
      return DuringUpcall(actor);
    case 3:
      DuringUpcall(actor);
      return actor.Answer(call, AnyHow(dice));
    case 4:
      return DuringUpcall(actor);
    default:
      return;  // later, when something else comes to answer it
  }
}

}  // namespace ipc::simulation
