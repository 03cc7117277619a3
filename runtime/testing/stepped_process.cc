#include "runtime/testing/stepped_process.h"

#include <unistd.h>

#include <csignal>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/process/connect.h"

namespace ipc::testing {

class SteppedProcess::Host final : public RendererHost {
 public:
  Host(std::shared_ptr<SteppedProcess> process, std::shared_ptr<Upcalls> upcalls)
      : process_(std::move(process)), upcalls_(std::move(upcalls)) {}
  ~Host() override { Kill(); }

  int32_t pid() const override { return getpid(); }
  void Kill() override { process_->Die({ExitReason::kKilled, SIGKILL}); }

 private:
  const std::shared_ptr<SteppedProcess> process_;
  const std::shared_ptr<Upcalls> upcalls_;
};

std::unique_ptr<RendererHost> SteppedProcess::Launch(Scheduler& scheduler, const Options& options,
                                                     RendererHost::Upcalls upcalls,
                                                     std::shared_ptr<SteppedProcess>* started) {
  auto shared = std::make_shared<RendererHost::Upcalls>(std::move(upcalls));
  std::shared_ptr<SteppedProcess> self(new SteppedProcess(scheduler, options, shared));
  scheduler.Add(self);
  self->Arrive();
  *started = self;
  return std::make_unique<Host>(std::move(self), std::move(shared));
}

SteppedProcess::SteppedProcess(Scheduler& scheduler, const Options& options,
                               std::shared_ptr<RendererHost::Upcalls> upcalls)
    : options_(options), upcalls_(upcalls) {
  std::unique_ptr<EventLoop> loop = scheduler.MakeLoop();
  wire_ =
      Wire::Create({.scheduler = scheduler,
                    .dice = options_.dice,
                    .renderer = *this,
                    .kill_renderer =
                        [this] {
                          Die({ExitReason::kKilled, SIGKILL});
                        }},
                   options_.main_loop.task_runner(), loop->task_runner(), options_.renderer.limits);
  renderer_ = RendererProcess::CreateOn(std::move(loop),
                                        {.pipe = wire_->MakePipe(Wire::kRenderer),
                                         .id = options_.admission.id,
                                         .embedder_id = options_.admission.embedder_id},
                                        options_.renderer);
}

void SteppedProcess::Arrive() {
  options_.main_loop.task_runner()->Post([upcalls = upcalls_, admission = options_.admission,
                                          role = options_.renderer.role,
                                          pipe = wire_->MakePipe(Wire::kMain)]() mutable {
    auto to = upcalls.lock();
    if (to == nullptr) return;
    to->on_arrival(ArrivalWithoutHello(admission, role, std::move(pipe)));
  });
}

void SteppedProcess::Die(const ExitInfo& exit) {
  if (has_ended_ || death_) return;
  death_ = exit;
  wire_->Cut();
}

MonotonicTime SteppedProcess::next_due() const {
  const bool runs = !has_ended_ && !is_frozen_;
  return runs ? renderer_->loop().next_timer() : kForever;
}

bool SteppedProcess::TakeTurn() {
  if (has_ended_) return false;
  if (death_) {
    Finish(*death_);
    return true;
  }
  if (is_frozen_) return false;
  if (!std::exchange(has_begun_, true)) {
    Begin();
    return true;
  }
  if (!HasWork(renderer_->loop())) return false;
  if (!renderer_->loop().Dispatch()) Finish({ExitReason::kCleanExit, 0});
  return true;
}

void SteppedProcess::Begin() {
  if (!options_.setup) return;
  const CurrentTaskRunner runs(renderer_->loop().task_runner());
  const absl::Status failure = RunCatching([&] { kept_ = options_.setup(*renderer_); });
  if (failure.ok()) return;
  options_.renderer.log(LogLevel::kError,
                        absl::StrCat("a renderer of the App threw: ", failure.message()));
  Finish({ExitReason::kAbnormalExit, 1});
}

void SteppedProcess::Finish(const ExitInfo& exit) {
  has_ended_ = true;
  renderer_->Quit();
  if (death_) {
    renderer_->Run();  // its calls end; what waits for them in its own code never hears of it
  } else {
    const CurrentTaskRunner runs(renderer_->loop().task_runner());
    renderer_->Run();
  }
  const std::shared_ptr<void> last = std::move(kept_);
  options_.main_loop.task_runner()->Post([upcalls = upcalls_, exit] {
    if (auto to = upcalls.lock()) to->on_exit(exit);
  });
}

}  // namespace ipc::testing
