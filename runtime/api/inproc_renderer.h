// A renderer on a thread of main's process: everything but the process is as for any other.
//
// Ownership   Its WebContents owns it. Destroying it tells its loop to quit and joins the thread; a
//             body that does not return then blocks here.
// Threads     Made and destroyed on main's sequence; `body` runs on the thread.
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "runtime/api/renderer_host.h"
#include "runtime/api/renderer_process.h"
#include "runtime/base/event_loop.h"
#include "runtime/process/child_process.h"
#include "runtime/transport/pipe.h"

namespace ipc {

class InprocRenderer final : public RendererHost {
 public:
  struct Options {
    WebContentsId id;
    std::function<void(RendererProcess&)> body;
    RendererProcessOptions renderer;
    EventLoop& main_loop;
    // On main's sequence, when the body has returned or thrown.
    std::function<void(const ExitInfo&)> on_exit;
  };

  static absl::StatusOr<std::unique_ptr<InprocRenderer>> Create(Options options);
  ~InprocRenderer() override;

  // Main's end of the pipe. Call it once.
  std::unique_ptr<Pipe> TakePipe() { return std::move(pipe_); }

  int32_t pid() const override;
  void Kill() override;

 private:
  InprocRenderer() = default;
  static ExitInfo RunBody(std::unique_ptr<EventLoop> loop, std::unique_ptr<Pipe> pipe,
                          const Options& options);

  std::unique_ptr<Pipe> pipe_;
  EventLoop* renderer_loop_ = nullptr;  // only from tasks of its own runner
  std::shared_ptr<TaskRunner> renderer_runner_;
  std::thread thread_;
};

}  // namespace ipc
