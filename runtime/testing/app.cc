#include "runtime/testing/app.h"

#include "runtime/testing/scheduler.h"

namespace ipc::testing {
namespace {

class MainActor final : public Scheduler::Actor {
 public:
  explicit MainActor(EventLoop& loop) : loop_(loop) {}

  MonotonicTime next_due() const override { return loop_.next_timer(); }
  bool TakeTurn() override {
    if (!HasWork(loop_)) return false;
    loop_.Dispatch();
    return true;
  }

 private:
  EventLoop& loop_;
};

}  // namespace

App::App(MainProcessOptions options) : scheduler_(std::make_unique<Scheduler>()) {
  options.log = log_.Keep(std::move(options.log));
  std::unique_ptr<EventLoop> loop = scheduler_->MakeLoop();
  plays_main_.emplace(loop->task_runner());
  scheduler_->Add(std::make_shared<MainActor>(*loop));
  main_ = MainProcess::CreateOn(std::move(loop), std::move(options));
}

App::~App() {
  main_.reset();  // the renderers die of it
}

Renderer& App::AddRenderer(RendererPlan plan) {
  renderers_.push_back(std::make_unique<Renderer>(*scheduler_, dice_, *main_, std::move(plan)));
  return *renderers_.back();
}

void App::Advance(milliseconds time) { scheduler_->AdvanceTo(After(Now(), time)); }

bool App::RunUntil(const std::function<bool()>& is_done) {
  return scheduler_->RunUntil(is_done, After(Now(), kPatience));
}

}  // namespace ipc::testing
