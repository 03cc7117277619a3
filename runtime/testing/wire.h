// What joins main and one renderer of an App: a pipe whose two ends live on one thread.
//
// An end that waits in sendSync lets the others have their turns meanwhile. Besides, the wire can
// be cut, as it is for main when a process dies.
//
// Ownership   Its two links and whoever wants to cut it share it.
// Threads     That of the test.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/task_runner.h"
#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/inbox.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc::testing {

class Wire : public std::enable_shared_from_this<Wire> {
 public:
  enum End : size_t { kMain, kRenderer };

  // What a renderer that waits does for the others; see Scheduler::RunOthers().
  using RunOthers = std::function<bool(MonotonicTime deadline)>;

  static std::shared_ptr<Wire> Create(std::shared_ptr<TaskRunner> main,
                                      std::shared_ptr<TaskRunner> renderer, const Limits& limits,
                                      RunOthers run_others);

  // Once each.
  std::unique_ptr<Pipe> MakePipe(End end);

  // The connection is lost: what is on its way with it, and both ends hear of it.
  void Cut();

 private:
  class EndOfWire;

  Wire(PipeEnd main, PipeEnd renderer, RunOthers run_others);
  void Carry(End from, ReceivedBatch batch);
  void Finish(End from, const absl::Status& reason);
  Inbox& InboxOf(End end) { return *ends_[end].inbox; }
  static End Other(End end) { return end == kMain ? kRenderer : kMain; }

  const std::array<PipeEnd, 2> ends_;
  const RunOthers run_others_;
  std::array<bool, 2> has_finished_ = {};  // said its last
};

}  // namespace ipc::testing
