// What a listener in a renderer is told of a message besides its arguments.
//
// Threads     The loop's sequence.
// From        electron IpcRendererEvent.
#pragma once

#include "runtime/base/ids.h"

namespace ipc {

class IpcRenderer;

class IpcRendererEvent {
 public:
  IpcRendererEvent(IpcRenderer* sender, WebContentsId sender_id)
      : sender_(sender), sender_id_(sender_id) {}

  // The IpcRenderer that received the message, as in Electron; good for the call.
  IpcRenderer& sender() const { return *sender_; }
  // The WebContents that sent it; 0 when it was main.
  WebContentsId sender_id() const { return sender_id_; }

 private:
  IpcRenderer* sender_;
  WebContentsId sender_id_;
};

}  // namespace ipc
