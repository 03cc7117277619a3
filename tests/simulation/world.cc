#include "tests/simulation/world.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ipc::simulation {

RunResult RunSimulation(const RunOptions& options) { return World(options).Run(); }

World::Pair::Pair(World& world, std::shared_ptr<Sequence> main_sequence, const std::string& name)
    : link(world.scene_),
      main(world.scene_,
           {link, Side::kMain, std::move(main_sequence), to_renderer, to_main,
            [](MonotonicTime, absl::FunctionRef<bool()>) { return false; }},
           absl::StrCat("main", name)),
      renderer(world.scene_,
               {link, Side::kRenderer, renderer_sequence, to_main, to_renderer,
                [this, &world](MonotonicTime deadline, absl::FunctionRef<bool()> is_ready) {
                  return world.WaitFor(*this, deadline, is_ready);
                }},
               absl::StrCat("renderer", name)) {}

World::World(const RunOptions& options)
    : scene_(options.seed, options.trace), steps_left_(options.events) {
  pairs_.resize(scene_.plan.renderers);
  for (size_t slot = 0; slot < pairs_.size(); ++slot) Relaunch(slot);
}

World::~World() {
  scene_.is_calm = true;
  main_sequence_->Close();
  for (auto* pairs : {&pairs_, &past_}) {
    for (auto& pair : *pairs) pair->renderer_sequence->Close();
  }
}

RunResult World::Run() {
  while (steps_left_ > 0 && scene_.oracle.is_content()) {
    Step();
    Check();
    if (scene_.dice.OneIn(2000)) Settle();
  }
  Settle();
  for (auto& pair : pairs_) {
    for (Side side : {Side::kMain, Side::kRenderer}) {
      CurrentTaskRunner turn(pair->actor(side).sequence().shared_from_this());
      if (scene_.oracle.is_content()) pair->actor(side).Close(absl::OkStatus());
    }
  }
  Settle();
  return {scene_.oracle.violation(), scene_.trace.hash(), scene_.counts};
}

void World::Step() {
  --steps_left_;
  Dice& dice = scene_.dice;
  if (dice.OneIn(scene_.plan.fault_in)) return BreakSomething();
  switch (dice.Below(16)) {
    case 0:
      return GoOnWithLife();
    case 1:
    case 2:
      return PassTime();
    case 3:
    case 4:
      return RunTask();
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
    case 10:
      return HandOver();
    default:
      return UserActs();
  }
}

// The ends whose process does not block.
template <typename Visit>
void World::ForEachFree(Visit visit) {
  for (auto& pair : pairs_) {
    for (Side side : {Side::kMain, Side::kRenderer}) {
      if (!pair->actor(side).sequence().is_blocked) visit(*pair, side);
    }
  }
}

void World::UserActs() {
  std::vector<Actor*> free;
  ForEachFree([&](Pair& pair, Side side) { free.push_back(&pair.actor(side)); });
  if (!free.empty()) scene_.dice.From(free)->Act();
}

void World::HandOver() {
  std::vector<std::pair<Pair*, Side>> due;
  ForEachFree([&](Pair& pair, Side side) {
    if (pair.link.IsDue(side)) due.emplace_back(&pair, side);
  });
  if (due.empty()) return PassTime();
  const auto [pair, side] = scene_.dice.From(due);
  pair->link.HandOver(side);
}

void World::RunTask() {
  std::vector<Sequence*> busy;
  std::vector<Actor*> due;
  if (main_sequence_->has_tasks()) busy.push_back(main_sequence_.get());
  ForEachFree([&](Pair& pair, Side side) {
    Actor& actor = pair.actor(side);
    if (side == Side::kRenderer && actor.sequence().has_tasks()) busy.push_back(&actor.sequence());
    if (actor.is_alive() && actor.next_tick() <= scene_.now) due.push_back(&actor);
  });
  const size_t choices = busy.size() + due.size();
  if (choices == 0) return PassTime();
  const size_t chosen = scene_.dice.Below(choices);
  if (chosen < busy.size()) return busy[chosen]->RunTask();
  due[chosen - busy.size()]->Tick();
}

MonotonicTime World::NextEvent() {
  MonotonicTime next = kForever;
  ForEachFree([&](Pair& pair, Side side) {
    const Actor& actor = pair.actor(side);
    next = std::min(next, pair.link.NextArrival(side));
    if (actor.is_alive()) next = std::min(next, actor.next_tick());
  });
  return next;
}

void World::PassTime() {
  const MonotonicTime next = NextEvent();
  if (next == kForever || scene_.dice.OneIn(4)) {
    scene_.now += scene_.dice.UpTo(milliseconds(3));
  } else {
    scene_.now = std::max(scene_.now, next);
  }
}

void World::GoOnWithLife() {
  const size_t slot = scene_.dice.Below(pairs_.size());
  Pair& pair = *pairs_[slot];
  if (!pair.main.is_attached() && pair.main.is_alive()) return pair.main.Attach();
  for (Side side : {Side::kMain, Side::kRenderer}) {
    if (pair.link.OwesWritable(side) && !pair.actor(side).sequence().is_blocked) {
      return pair.link.TellWritable(side);
    }
  }
  if (pair.main.is_over() && pair.renderer.is_over()) Relaunch(slot);
}

void World::Relaunch(size_t slot) {
  if (pairs_[slot]) {
    if (pairs_[slot]->renderer.sequence().is_blocked) return;
    for (Side side : {Side::kMain, Side::kRenderer}) {
      Actor& actor = pairs_[slot]->actor(side);
      CurrentTaskRunner turn(actor.sequence().shared_from_this());
      actor.Destroy();
    }
    pairs_[slot]->renderer_sequence->Close();
    past_.push_back(std::move(pairs_[slot]));
  }
  scene_.Count("launched");
  pairs_[slot] = std::make_unique<Pair>(*this, main_sequence_, absl::StrCat(++launches_));
  CurrentTaskRunner turn(pairs_[slot]->renderer_sequence);
  pairs_[slot]->renderer.Attach();
}

void World::BreakSomething() {
  Dice& dice = scene_.dice;
  Pair& pair = *dice.From(pairs_);
  const Side side = dice.OneIn(2) ? Side::kMain : Side::kRenderer;
  switch (dice.Below(4)) {
    case 0:
      scene_.Note("dies: ", pair.renderer.name());
      scene_.Count("died");
      return pair.link.Die(absl::UnavailableError("killed"));
    case 1:
    case 2:
      scene_.Count("stalled");
      return pair.link.Stall(side, scene_.now + dice.UpTo(milliseconds(80)));
    default: {
      FrameHeader header;
      header.call_id = CallId(1'000'000 + dice.Below(1000));
      switch (dice.Below(side == Side::kRenderer ? 3 : 2)) {
        case 0:
          header.kind = FrameKind::kReply;  // to no call
          break;
        case 1:
          header.kind = FrameKind::kSend;  // by an id that nothing was bound to
          header.channel_id = 7;
          break;
        default:
          header.kind = FrameKind::kSync;  // towards a renderer
          header.channel = kChannel;
      }
      if (!pair.link.Forge(side, header)) return;
      scene_.Note("forges for ", pair.actor(side).name());
      scene_.Count("forged");
      Stream& stream = side == Side::kMain ? pair.to_main : pair.to_renderer;
      stream.push_back({header.kind, header.call_id, MessageId(), true});
    }
  }
}

void World::Check() {
  for (auto& pair : pairs_) {
    pair->main.Check();
    pair->renderer.Check();
  }
}

bool World::WaitFor(Pair& pair, MonotonicTime deadline, absl::FunctionRef<bool()> is_ready) {
  while (!is_ready()) {
    if (scene_.now >= deadline || !scene_.oracle.is_content()) return false;
    if (steps_left_ > 0 && !scene_.is_calm) {
      Step();
      Check();
    } else if (!Progress(std::min(deadline, pair.link.NextArrival(Side::kRenderer)))) {
      // Nobody will ever answer: the other process is ended, as a person would.
      scene_.Note(pair.renderer.name(), " is stuck");
      pair.link.Die(absl::UnavailableError("stuck"));
    }
  }
  return true;
}

// --- What happens when nothing more is chosen.

bool World::ProgressOf(Pair& pair) {
  for (Side side : {Side::kMain, Side::kRenderer}) {
    Actor& actor = pair.actor(side);
    Sequence& sequence = actor.sequence();
    if (sequence.is_blocked) continue;
    if (sequence.has_tasks()) {
      sequence.RunTask();
      return true;
    }
    pair.link.Stall(side, scene_.now);
    if (pair.link.IsDue(side)) {
      pair.link.HandOver(side);
      return true;
    }
    if (!actor.is_alive()) continue;
    if (!actor.is_attached()) {
      actor.Attach();
      return true;
    }
    if (actor.next_tick() <= scene_.now) {
      actor.Tick();
      return true;
    }
    if (actor.has_owed()) {
      CurrentTaskRunner turn(sequence.shared_from_this());
      actor.AnswerOne(Actor::How::kReply);
      return true;
    }
  }
  return false;
}

bool World::Progress(MonotonicTime until) {
  for (auto& pair : pairs_) {
    if (!ProgressOf(*pair)) continue;
    Check();
    return true;
  }
  const MonotonicTime next = std::min(NextEvent(), until);
  if (next == kForever) return false;
  scene_.now = std::max(scene_.now, next);
  return true;
}

void World::Settle() {
  constexpr int kLongest = 200'000;
  scene_.is_calm = true;
  int turns = 0;
  while (scene_.oracle.is_content() && turns < kLongest && Progress(kForever)) ++turns;
  scene_.Expect(turns < kLongest, Invariant::kEnds, "it never comes to rest");
  for (auto& pair : pairs_) {
    pair->main.ledger().CheckSettled();
    pair->renderer.ledger().CheckSettled();
  }
  scene_.is_calm = false;
}

}  // namespace ipc::simulation
