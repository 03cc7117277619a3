// A renderer in a process that main launched.
//
// Ownership   Its WebContents owns it. Destroying it kills the process if it still runs.
// Threads     Main's sequence.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "runtime/api/renderer_host.h"
#include "runtime/base/event_loop.h"
#include "runtime/process/accept.h"
#include "runtime/process/child_process.h"

namespace ipc {

class LaunchedRenderer final : public RendererHost {
 public:
  static absl::StatusOr<std::unique_ptr<RendererHost>> Launch(EventLoop& loop,
                                                              const LaunchOptions& process,
                                                              const AcceptOptions& accept,
                                                              Upcalls upcalls);

  int32_t pid() const override { return child_->pid(); }
  void Kill() override { child_->Kill(); }

 private:
  explicit LaunchedRenderer(Upcalls upcalls) : upcalls_(std::move(upcalls)) {}

  Upcalls upcalls_;
  std::unique_ptr<ChildProcess> child_;
  std::unique_ptr<Acceptance> acceptance_;  // until its hello
};

}  // namespace ipc
