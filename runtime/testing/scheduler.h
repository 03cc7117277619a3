// Gives everything that an App is made of its turns: on one thread, in one order, by a clock that
// moves only here, and only when nobody has anything left to do.
//
// Ownership   Shares the actors, and keeps them until it goes.
// Threads     One.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "runtime/base/event_loop.h"
#include "runtime/base/monotonic_time.h"

namespace ipc::testing {

class Scheduler {
 public:
  // Something that can have a turn: a process's loop, the wire between two of them.
  class Actor {
   public:
    virtual ~Actor() = default;

    // When something of it falls due; kForever: not by itself.
    virtual MonotonicTime next_due() const = 0;
    // Does what is due now. False when nothing was.
    virtual bool TakeTurn() = 0;

   private:
    friend class Scheduler;
    bool is_busy_ = false;  // on the stack: it has its turn, or waits in sendSync
  };

  Scheduler() = default;
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  void Add(std::shared_ptr<Actor> actor) { actors_.push_back(std::move(actor)); }

  // A loop on this clock. The process ends when there are no descriptors left.
  std::unique_ptr<EventLoop> MakeLoop();
  MonotonicTime now() const { return now_; }

  // Turns, until `is_done`, which is asked after each round. The clock moves on whenever nothing is
  // left to do, not beyond `give_up`: false then.
  [[nodiscard]] bool RunUntil(const std::function<bool()>& is_done, MonotonicTime give_up);
  // All that is due until `then`, which it is afterwards.
  void AdvanceTo(MonotonicTime then);

  // For one that waits, on the stack, for others: lets them do something, or moves the clock on, up
  // to `deadline`. False when it is that late already.
  bool RunOthers(Actor& waiting, MonotonicTime deadline);

 private:
  // One turn each. False when nobody had anything to do.
  bool RunRound();
  bool RunTurn(Actor& actor);
  // To the next thing that falls due, or to `limit`.
  void MoveClock(MonotonicTime limit);
  void CheckMayRun() const;

  std::vector<std::shared_ptr<Actor>> actors_;
  MonotonicTime now_{std::chrono::hours(24)};  // any time, always the same
  size_t rounds_here_ = 0;                     // since the clock moved
  int depth_ = 0;                              // of turns inside of turns
};

// Whether Dispatch() would find something to do.
bool HasWork(const EventLoop& loop);

}  // namespace ipc::testing
