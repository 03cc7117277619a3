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
    WebContentsId embedder_id;
    std::function<void(RendererProcess&)> body;
    RendererProcessOptions renderer;
    EventLoop& main_loop;
  };

  // Its arrival comes from the loop, as a process's hello; its exit when the body has returned or
  // thrown.
  static absl::StatusOr<std::unique_ptr<RendererHost>> Launch(Options options, Upcalls upcalls);
  ~InprocRenderer() override;

  int32_t pid() const override;
  void Kill() override;

 private:
  explicit InprocRenderer(Upcalls upcalls);
  static ExitInfo RunBody(std::unique_ptr<EventLoop> loop, std::unique_ptr<Pipe> pipe,
                          const Options& options);
  void Arrive(const Options& options);

  // Tasks on their way to main's sequence look here whether there is still somebody to tell.
  std::shared_ptr<Upcalls> upcalls_;
  std::unique_ptr<Pipe> pipe_;
  EventLoop* renderer_loop_ = nullptr;  // only from tasks of its own runner
  std::shared_ptr<TaskRunner> renderer_runner_;
  std::thread thread_;
};

}  // namespace ipc
