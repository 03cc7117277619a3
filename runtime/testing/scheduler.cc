#include "runtime/testing/scheduler.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "runtime/base/check.h"

namespace ipc::testing {
namespace {

// At one point in time: seconds of work. Two that answer each other without end are told, instead
// of being run for ever.
constexpr size_t kMostRounds = 10'000'000;

}  // namespace

bool HasWork(const EventLoop& loop) {
  if (loop.next_timer() <= loop.Now()) return true;
  pollfd ready{.fd = loop.fd(), .events = POLLIN, .revents = 0};
  return poll(&ready, 1, 0) == 1;
}

std::unique_ptr<EventLoop> Scheduler::MakeLoop() {
  absl::StatusOr<std::unique_ptr<EventLoop>> loop =
      EventLoop::CreateWithClock([this] { return now_; });
  IPC_CHECK(loop.ok(), "no loop for this test: out of descriptors?");
  return *std::move(loop);
}

bool Scheduler::RunUntil(const std::function<bool()>& is_done, MonotonicTime give_up) {
  CheckMayRun();
  while (!is_done()) {
    if (RunRound()) continue;
    if (now_ >= give_up) return false;
    MoveClock(give_up);
  }
  return true;
}

void Scheduler::AdvanceTo(MonotonicTime then) {
  CheckMayRun();
  while (true) {
    while (RunRound()) {
    }
    if (now_ >= then) return;
    MoveClock(then);
  }
}

bool Scheduler::RunOthers(Actor& waiting, MonotonicTime deadline) {
  const bool was_busy = std::exchange(waiting.is_busy_, true);
  const absl::Cleanup restore = [&] { waiting.is_busy_ = was_busy; };
  if (now_ >= deadline) return false;
  if (!RunRound()) MoveClock(deadline);
  return true;
}

bool Scheduler::RunRound() {
  IPC_CHECK(++rounds_here_ < kMostRounds, "this App does not come to rest: it is always busy");
  bool had_work = false;
  for (size_t i = 0; i < actors_.size(); ++i) {  // a turn may add more of them
    const std::shared_ptr<Actor> actor = actors_[i];
    had_work |= RunTurn(*actor);
  }
  return had_work;
}

bool Scheduler::RunTurn(Actor& actor) {
  if (actor.is_busy_) return false;
  actor.is_busy_ = true;
  ++depth_;
  const absl::Cleanup end = [&] {
    actor.is_busy_ = false;
    --depth_;
  };
  return actor.TakeTurn();
}

void Scheduler::MoveClock(MonotonicTime limit) {
  MonotonicTime next = limit;
  for (const std::shared_ptr<Actor>& actor : actors_) {
    if (!actor->is_busy_) next = std::min(next, actor->next_due());
  }
  IPC_CHECK(next != kForever, "this App waits for ever: nothing falls due");
  now_ = std::max(now_, next);
  rounds_here_ = 0;
}

void Scheduler::CheckMayRun() const {
  IPC_CHECK(depth_ == 0, "an App is run by its test, not by what it runs");
}

}  // namespace ipc::testing
