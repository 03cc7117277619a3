#include "runtime/api/launched_renderer.h"

#include <utility>

namespace ipc {

absl::StatusOr<std::unique_ptr<RendererHost>> LaunchedRenderer::Launch(EventLoop& loop,
                                                                       const LaunchOptions& process,
                                                                       const AcceptOptions& accept,
                                                                       Upcalls upcalls) {
  std::unique_ptr<LaunchedRenderer> self(new LaunchedRenderer(std::move(upcalls)));
  absl::StatusOr<ChildProcess::Launched> launched =
      ChildProcess::Launch(loop, process, [self = self.get()](const ExitInfo& exit) {
        auto on_exit = std::move(self->upcalls_.on_exit);
        on_exit(exit);  // may destroy it
      });
  if (!launched.ok()) return launched.status();
  self->child_ = std::move(launched->child);
  self->acceptance_ =
      std::make_unique<Acceptance>(loop, std::move(launched->socket), accept,
                                   [self = self.get()](absl::StatusOr<Arrival> arrival) {
                                     self->acceptance_.reset();
                                     auto on_arrival = std::move(self->upcalls_.on_arrival);
                                     on_arrival(std::move(arrival));  // may destroy it
                                   });
  return self;
}

}  // namespace ipc
