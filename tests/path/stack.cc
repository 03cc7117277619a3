#include "tests/path/stack.h"

#include <utility>

#include "runtime/base/check.h"

namespace ipc {
namespace {

class NoProcess final : public RendererHost {
  int32_t pid() const override { return 0; }
  void Kill() override {}
};

}  // namespace

const Blocking& BlockingForTest() {
  static const Blocking blocking;
  return blocking;
}

Stack::Stack()
    : main_ports_(loop_->task_runner(), {}, LogToStderr),
      ipc_main_("IpcMain", schemas_, LogToStderr),
      policy_({}, LogToStderr),
      relay_([](WebContentsId) { return nullptr; }, {}, LogToStderr),
      host_(MakeHost()),
      contents_(host_, {.id = WebContentsId(1), .role = "renderer", .embedder_id = {}},
                [this](RendererHost::Upcalls upcalls) { return Launch(std::move(upcalls)); }),
      renderer_ports_(
          [this](const FrameHeader& header, const PayloadWriter& payload) {
            return connection_.SendPortFrame(header, payload);
          },
          loop_->task_runner(), {}, LogToStderr),
      connection_(this, {.limits = {},
                         .runner = loop_->task_runner(),
                         .now = [this] { return loop_->Now(); },
                         .ports = renderer_ports_.frames()}),
      ipc_renderer_(connection_, BlockingForTest(), kMainFrame,
                    {.now = [this] { return loop_->Now(); },
                     .sync_timeout = milliseconds(1000),
                     .invoke_timeout = {},
                     .embedder_id = {},
                     .ports = &renderer_ports_,
                     .log = LogToStderr}) {
  auto [main_end, renderer_end] = QuietPipe::MakePair();
  main_pipe_ = main_end.get();
  renderer_pipe_ = renderer_end.get();
  const absl::Status launched = contents_.Reload();
  IPC_CHECK(launched.ok(), "the renderer was not launched");
  upcalls_.on_arrival(Arrival{.admission = Admission(WebContentsId(1)),
                              .hello = {},
                              .peer = {},
                              .pipe = std::move(main_end)});
  IPC_CHECK(contents_.is_connected(), "the renderer did not arrive");
  connection_.Attach(std::move(renderer_end));
}

WebContents::Host Stack::MakeHost() {
  return {.loop = *loop_,
          .ipc_main = ipc_main_,
          .schemas = schemas_,
          .ports = main_ports_,
          .limits = {},
          .invoke_timeout = {},
          .ping = {.interval = milliseconds(0)},
          .log = LogToStderr,
          .on_hello = [](WebContentsId, const Hello&) {},
          .destroy = [](WebContentsId) {},
          .policy = policy_,
          .relay = relay_};
}

absl::StatusOr<std::unique_ptr<RendererHost>> Stack::Launch(RendererHost::Upcalls upcalls) {
  upcalls_ = std::move(upcalls);
  return std::make_unique<NoProcess>();
}

void Stack::Run() {
  while (main_pipe_->Deliver() || renderer_pipe_->Deliver()) {
  }
}

}  // namespace ipc
