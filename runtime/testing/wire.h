// What joins main and one renderer of an App: a pipe whose two ends live on one thread, on which
// things go wrong.
//
// A frame arrives at once, or late, or its wire is cut, as the dice say; what is late keeps its
// place on its way. An end that waits in sendSync lets the others have their turns meanwhile.
//
// Ownership   Its two links, the scheduler, and whoever wants to cut it share it.
// Threads     That of the test.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <variant>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/task_runner.h"
#include "runtime/testing/faults.h"
#include "runtime/testing/scheduler.h"
#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/inbox.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc::testing {

class Wire final : public Scheduler::Actor, public std::enable_shared_from_this<Wire> {
 public:
  enum End : size_t { kMain, kRenderer };

  struct Options {
    Scheduler& scheduler;
    FaultDice& dice;
    Scheduler::Actor& renderer;  // outlives its end
    std::function<void()> kill_renderer;
  };

  static std::shared_ptr<Wire> Create(const Options& options, std::shared_ptr<TaskRunner> main,
                                      std::shared_ptr<TaskRunner> renderer, const Limits& limits);

  // Once each.
  std::unique_ptr<Pipe> MakePipe(End end);

  // The connection is lost: what is on its way with it, and both ends hear of it.
  void Cut();

  MonotonicTime next_due() const override;
  bool TakeTurn() override;

 private:
  class EndOfWire;

  // From one end to the other.
  struct Way {
    struct Moving {
      std::variant<ReceivedBatch, absl::Status> what;  // a Status is the end
      MonotonicTime due;
    };

    PipeEnd from;
    std::shared_ptr<Inbox> to;
    std::deque<Moving> moving = {};  // what is not the first waits for those before it
    bool has_finished = false;       // its end is said, and may be on its way
  };

  Wire(const Options& options, const PipeEnd& main, const PipeEnd& renderer);
  void Carry(End from, ReceivedBatch batch);
  void Finish(End from, const absl::Status& reason);
  void Move(Way& way, std::variant<ReceivedBatch, absl::Status> what, MonotonicTime due);
  static void Arrive(Way& way, std::variant<ReceivedBatch, absl::Status> what);

  const Options options_;
  std::array<Way, 2> ways_;  // by the end that they begin at
};

}  // namespace ipc::testing
