// A renderer that was told goodbye, and that its WebContents has gone on without: what was sent to
// it still travels, and it has a moment to end by itself.
//
// Ownership   Its WebContents owns it until its process has ended. Destroying it kills the process.
// Threads     Main's sequence. No upcall comes from the Connection any more.
#pragma once

#include <memory>
#include <utility>

#include "runtime/api/renderer_host.h"
#include "runtime/base/event_loop.h"
#include "runtime/core/connection.h"

namespace ipc {

class LeavingRenderer {
 public:
  // Kills the process `grace` from now.
  LeavingRenderer(EventLoop& loop, std::unique_ptr<Connection> connection,
                  std::unique_ptr<RendererHost> process, milliseconds grace)
      : loop_(loop), connection_(std::move(connection)), process_(std::move(process)) {
    timer_ = loop_.StartTimer(loop_.Now() + grace, [this] { process_->Kill(); });
  }
  LeavingRenderer(const LeavingRenderer&) = delete;
  LeavingRenderer& operator=(const LeavingRenderer&) = delete;
  ~LeavingRenderer() { loop_.CancelTimer(timer_); }

 private:
  EventLoop& loop_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<RendererHost> process_;
  TimerId timer_;
};

}  // namespace ipc
