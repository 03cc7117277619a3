#include "runtime/testing/renderer.h"

#include <csignal>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/testing/stepped_process.h"

namespace ipc::testing {
namespace {

WebContents* Started(absl::StatusOr<WebContents*> contents) {
  IPC_CHECK(contents.ok(), "no renderer for this test: after Quit()?");
  return *contents;
}

}  // namespace

Renderer::Renderer(Scheduler& scheduler, FaultDice& dice, MainProcess& main, RendererPlan plan)
    : contents_(Started(main.LaunchIn(
          [this, &scheduler, &dice, &main, setup = std::move(plan.setup)](
              const Admission& admission, const RendererProcessOptions& options,
              RendererHost::Upcalls upcalls) -> absl::StatusOr<std::unique_ptr<RendererHost>> {
            return SteppedProcess::Launch(scheduler,
                                          {.admission = admission,
                                           .renderer = options,
                                           .setup = setup,
                                           .main_loop = main.loop(),
                                           .dice = dice},
                                          std::move(upcalls), &process_);
          },
          std::move(plan.role), plan.embedder_id))),
      ref_(contents_->ref()) {}

Renderer::~Renderer() = default;

RendererProcess& Renderer::process() { return process_->renderer(); }

void Renderer::Kill() { process_->Die({ExitReason::kKilled, SIGKILL}); }

void Renderer::Crash() { process_->Die({ExitReason::kCrashed, SIGSEGV}); }

void Renderer::Disconnect() { process_->wire().Cut(); }

void Renderer::Freeze() { process_->Freeze(); }

void Renderer::Thaw() { process_->Thaw(); }

}  // namespace ipc::testing
