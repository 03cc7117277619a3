#include "tests/path/stack.h"

#include <utility>

#include "runtime/base/check.h"

namespace ipc {
namespace {

class NoProcess final : public RendererHost {
  int32_t pid() const override { return 0; }
  void Kill() override {}
};

MainProcessOptions WithoutPings(const Limits& limits) {
  MainProcessOptions options;
  options.limits = limits;
  options.ping_interval = milliseconds(0);
  options.spin_budget = microseconds(0);  // nothing comes that is not there
  return options;
}

}  // namespace

const Blocking& BlockingForTest() {
  static const Blocking blocking;
  return blocking;
}

Stack::Stack(const std::function<Pipes(EventLoop&)>& connect, const Limits& limits)
    : main_(*MainProcess::Create(WithoutPings(limits))),
      renderer_ports_(
          [this](const FrameHeader& header, const PayloadWriter& payload) {
            return connection_.SendPortFrame(header, payload);
          },
          loop_.task_runner(), {}, LogToStderr),
      connection_(this, {.limits = limits,
                         .runner = loop_.task_runner(),
                         .now = [this] { return loop_.Now(); },
                         .ports = renderer_ports_.frames()}),
      ipc_renderer_(connection_, BlockingForTest(), kMainFrame,
                    {.now = [this] { return loop_.Now(); },
                     .sync_timeout = milliseconds(1000),
                     .invoke_timeout = {},
                     .embedder_id = {},
                     .ports = &renderer_ports_,
                     .log = LogToStderr}) {
  Pipes pipes = connect(loop_);
  main_pipe_ = pipes.main_end.get();
  renderer_pipe_ = pipes.renderer_end.get();
  RendererHost::Upcalls upcalls;
  const auto launched =
      main_->LaunchIn([&](const Admission&, const RendererProcessOptions&,
                          RendererHost::Upcalls of_host) -> std::unique_ptr<RendererHost> {
        upcalls = std::move(of_host);
        return std::make_unique<NoProcess>();
      });
  IPC_CHECK(launched.ok(), "the renderer was not launched");
  upcalls.on_arrival(Arrival{.admission = Admission((*launched)->id()),
                             .hello = {},
                             .peer = {},
                             .pipe = std::move(pipes.main_end)});
  connection_.Attach(std::move(pipes.renderer_end));
}

void Stack::RunInLoop(const std::function<void()>& body) {
  loop_.task_runner()->Post(body);
  loop_.Dispatch();
}

void Stack::HandOver() {
  const MonotonicTime now{};
  while (main_pipe_->WaitForFrames(now, {}) || renderer_pipe_->WaitForFrames(now, {})) {
  }
}

}  // namespace ipc
