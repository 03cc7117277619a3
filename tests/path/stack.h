// Main and one renderer on one loop, whole but for the renderer's process: MainProcess and
// IpcRenderer, their Connections, and two ends of a pipe between them.
//
// Threads     One.
#pragma once

#include <functional>
#include <memory>

#include "runtime/api/ipc_renderer.h"
#include "runtime/api/main_process.h"
#include "runtime/api/renderer_host.h"
#include "runtime/api/renderer_ports.h"
#include "runtime/base/event_loop.h"
#include "runtime/core/connection.h"
#include "runtime/transport/pipe.h"

namespace ipc {

class Stack final : private Connection::Delegate {
 public:
  struct Pipes {
    std::unique_ptr<Pipe> main_end, renderer_end;
  };
  explicit Stack(const std::function<Pipes(EventLoop&)>& connect, const Limits& limits = {});

  IpcMain& ipc_main() { return main_->ipc_main(); }
  IpcRenderer& ipc_renderer() { return ipc_renderer_; }

  // Runs `body` as a task of the loop, which is awake meanwhile.
  void RunInLoop(const std::function<void()>& body);

  // Inside of it: hands over what was sent, both ways, until all is quiet.
  void HandOver();

 private:
  // Connection::Delegate, of the renderer.
  void OnSend(const IncomingMessage&) override {}
  void OnInvoke(const IncomingMessage&, Responder) override {}
  void OnSync(const IncomingMessage&, Responder) override {}
  void OnNextTick(MonotonicTime) override {}
  void OnClosed(const absl::Status&) override {}

  const std::unique_ptr<MainProcess> main_;
  EventLoop& loop_ = main_->loop();
  Pipe* main_pipe_ = nullptr;      // main's Connection owns it
  Pipe* renderer_pipe_ = nullptr;  // connection_ owns it
  RendererPorts renderer_ports_;
  Connection connection_;
  IpcRenderer ipc_renderer_;
};

}  // namespace ipc
