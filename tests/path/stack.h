// Main and one renderer on this thread, whole but for their processes: the WebContents and the
// IpcRenderer, their Connections, and a QuietPipe between them.
//
// Threads     One.
#pragma once

#include <memory>

#include "runtime/api/channel_policy.h"
#include "runtime/api/ipc_main.h"
#include "runtime/api/ipc_renderer.h"
#include "runtime/api/main_ports.h"
#include "runtime/api/relay.h"
#include "runtime/api/renderer_ports.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/event_loop.h"
#include "runtime/core/connection.h"
#include "tests/path/quiet_pipe.h"

namespace ipc {

class Stack final : private Connection::Delegate {
 public:
  Stack();

  IpcMain& ipc_main() { return ipc_main_; }
  WebContents& contents() { return contents_; }
  IpcRenderer& ipc_renderer() { return ipc_renderer_; }

  // Hands over what was sent, both ways, until all is quiet.
  void Run();

 private:
  WebContents::Host MakeHost();
  absl::StatusOr<std::unique_ptr<RendererHost>> Launch(RendererHost::Upcalls upcalls);

  // Connection::Delegate, of the renderer.
  void OnSend(const IncomingMessage&) override {}
  void OnInvoke(const IncomingMessage&, Responder) override {}
  void OnSync(const IncomingMessage&, Responder) override {}
  void OnNextTick(MonotonicTime) override {}
  void OnClosed(const absl::Status&) override {}

  const std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  const std::shared_ptr<SchemaTable> schemas_ = std::make_shared<SchemaTable>();
  MainPorts main_ports_;
  IpcMain ipc_main_;
  ChannelPolicy policy_;
  Relay relay_;
  const WebContents::Host host_;
  QuietPipe* main_pipe_ = nullptr;
  RendererHost::Upcalls upcalls_;
  WebContents contents_;

  QuietPipe* renderer_pipe_ = nullptr;
  RendererPorts renderer_ports_;
  Connection connection_;
  IpcRenderer ipc_renderer_;
};

}  // namespace ipc
