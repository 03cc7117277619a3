// What a listener, or a handler, in a renderer is told of a message besides its arguments.
//
// Threads     The loop's sequence.
// From        electron IpcRendererEvent. The event of a handler is ours.
#pragma once

#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

#include "runtime/api/message_port.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/core/incoming_call.h"

namespace ipc {

class IpcRenderer;

class IpcRendererEvent {
 public:
  IpcRendererEvent(IpcRenderer* sender, WebContentsId sender_id,
                   std::vector<MessagePort> ports = {})
      : sender_(sender), sender_id_(sender_id), ports_(std::move(ports)) {}

  // The IpcRenderer that received the message, as in Electron; good for the call.
  IpcRenderer& sender() const { return *sender_; }
  // The WebContents that sent it; 0 when it was main.
  WebContentsId sender_id() const { return sender_id_; }
  // Those that came along, of postMessage. They close unless somebody keeps a copy.
  const std::vector<MessagePort>& ports() const { return ports_; }

 private:
  IpcRenderer* sender_;
  WebContentsId sender_id_;
  std::vector<MessagePort> ports_;
};

// Of webContents.invoke. The answer is what the handler returns.
class IpcRendererInvokeEvent {
 public:
  IpcRendererInvokeEvent(IpcRenderer* sender, std::shared_ptr<const IncomingCall> call)
      : sender_(sender), call_(std::move(call)) {}

  // The IpcRenderer that received the call; good for the call.
  IpcRenderer& sender() const { return *sender_; }
  // When main stops waiting.
  MonotonicTime deadline() const { return call_->deadline; }
  // Told, on the loop's sequence, when main does not wait for the answer any more.
  std::stop_token stop_token() const { return call_->stop_token(); }

 private:
  IpcRenderer* sender_;
  std::shared_ptr<const IncomingCall> call_;
};

}  // namespace ipc
