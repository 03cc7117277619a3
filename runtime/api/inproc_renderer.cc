#include "runtime/api/inproc_renderer.h"

#include <unistd.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/process/connect.h"
#include "runtime/transport/inproc/inproc_pipe.h"

namespace ipc {

InprocRenderer::InprocRenderer(Upcalls upcalls)
    : upcalls_(std::make_shared<Upcalls>(std::move(upcalls))) {}

absl::StatusOr<std::unique_ptr<RendererHost>> InprocRenderer::Launch(Options options,
                                                                     Upcalls upcalls) {
  // The loop has to be made on its own thread, the pipe from both loops: the two meet here.
  std::promise<absl::StatusOr<EventLoop*>> loop_made;
  std::promise<std::unique_ptr<Pipe>> pipe_made;
  std::future<std::unique_ptr<Pipe>> pipe = pipe_made.get_future();
  std::future<absl::StatusOr<EventLoop*>> loop = loop_made.get_future();

  std::unique_ptr<InprocRenderer> self(new InprocRenderer(std::move(upcalls)));
  self->thread_ = std::thread([options, pipe = std::move(pipe), loop_made = std::move(loop_made),
                               upcalls = std::weak_ptr(self->upcalls_)]() mutable {
    absl::StatusOr<std::unique_ptr<EventLoop>> loop = EventLoop::Create();
    if (!loop.ok()) return loop_made.set_value(loop.status());
    loop_made.set_value(loop->get());
    ExitInfo exit = RunBody(*std::move(loop), pipe.get(), options);
    options.main_loop.task_runner()->Post([upcalls = std::move(upcalls), exit] {
      if (auto to = upcalls.lock()) to->on_exit(exit);
    });
  });

  absl::StatusOr<EventLoop*> renderer_loop = loop.get();
  if (!renderer_loop.ok()) {
    self->thread_.join();
    return renderer_loop.status();
  }
  self->renderer_loop_ = *renderer_loop;
  self->renderer_runner_ = (*renderer_loop)->task_runner();
  InprocPipePair pipes = MakeInprocPipes(options.main_loop.task_runner(), self->renderer_runner_,
                                         options.renderer.limits);
  self->pipe_ = std::move(pipes.left);
  pipe_made.set_value(std::move(pipes.right));
  self->Arrive(options);
  return self;
}

void InprocRenderer::Arrive(const Options& options) {
  options.main_loop.task_runner()->Post(
      [this, admission = Admission(options.id, options.embedder_id), role = options.renderer.role,
       upcalls = std::weak_ptr(upcalls_)] {
        auto to = upcalls.lock();
        if (to == nullptr) return;
        to->on_arrival(ArrivalWithoutHello(admission, role, std::move(pipe_)));
      });
}

ExitInfo InprocRenderer::RunBody(std::unique_ptr<EventLoop> loop, std::unique_ptr<Pipe> pipe,
                                 const Options& options) {
  const std::unique_ptr<RendererProcess> renderer = RendererProcess::CreateOn(
      std::move(loop),
      {.pipe = std::move(pipe), .id = options.id, .embedder_id = options.embedder_id},
      options.renderer);
  absl::Status failure = RunCatching([&] { options.body(*renderer); });
  if (failure.ok()) return {ExitReason::kCleanExit, 0};
  options.renderer.log(LogLevel::kError,
                       absl::StrCat("an in-process renderer threw: ", failure.message()));
  return {ExitReason::kAbnormalExit, 1};
}

InprocRenderer::~InprocRenderer() {
  pipe_.reset();  // if it was not taken: the body may block on its other end
  if (!thread_.joinable()) return;
  Kill();
  thread_.join();
}

int32_t InprocRenderer::pid() const { return getpid(); }

void InprocRenderer::Kill() {
  // A loop that is gone already destroys the task unrun.
  renderer_runner_->Post([loop = renderer_loop_] { loop->Quit(); });
}

}  // namespace ipc
