// The process of one renderer of an App, as far as there is one: a RendererProcess that has its
// turns on the test's thread, and the wire to main.
//
// Ownership   The Scheduler keeps it until the App goes, also when it has ended: what a test still
//             holds of it then fails, as it does without a main.
// Threads     That of the test.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "runtime/api/renderer_host.h"
#include "runtime/api/renderer_process.h"
#include "runtime/process/accept.h"
#include "runtime/process/child_process.h"
#include "runtime/testing/faults.h"
#include "runtime/testing/scheduler.h"
#include "runtime/testing/wire.h"

namespace ipc::testing {

class SteppedProcess final : public Scheduler::Actor,
                             public std::enable_shared_from_this<SteppedProcess> {
 public:
  struct Options {
    Admission admission;
    RendererProcessOptions renderer;
    // What it runs first; what that returns is kept while the process runs.
    std::function<std::shared_ptr<void>(RendererProcess&)> setup;
    EventLoop& main_loop;
    FaultDice& dice;
  };

  // What main holds of it: it ends with that. `started` is the process, for as long as the
  // scheduler lives.
  static std::unique_ptr<RendererHost> Launch(Scheduler& scheduler, const Options& options,
                                              RendererHost::Upcalls upcalls,
                                              std::shared_ptr<SteppedProcess>* started);

  RendererProcess& renderer() { return *renderer_; }
  Wire& wire() { return *wire_; }

  // It runs no more, until it is thawed.
  void Freeze() { is_frozen_ = true; }
  void Thaw() { is_frozen_ = false; }

  // Ends without another word. The rest, its calls, end in its next turn.
  void Die(const ExitInfo& exit);

  MonotonicTime next_due() const override;
  bool TakeTurn() override;

 private:
  class Host;

  SteppedProcess(Scheduler& scheduler, const Options& options,
                 std::shared_ptr<RendererHost::Upcalls> upcalls);
  void Arrive();
  void Begin();
  void Finish(const ExitInfo& exit);

  const Options options_;
  // Tasks on their way to main's sequence look here whether there is still somebody to tell.
  std::weak_ptr<RendererHost::Upcalls> upcalls_;
  std::shared_ptr<Wire> wire_;
  std::unique_ptr<RendererProcess> renderer_;
  std::shared_ptr<void> kept_;
  bool has_begun_ = false;
  bool is_frozen_ = false;
  bool has_ended_ = false;
  std::optional<ExitInfo> death_;
};

}  // namespace ipc::testing
