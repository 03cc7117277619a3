// Permission to block this thread until an answer comes.
//
// sendSync asks for it. RendererProcess has one and lends it to its IpcRenderer; nothing in a
// main process can make one, so main never waits for a renderer.
#pragma once

namespace ipc {

class Blocking {
 public:
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;

 private:
  friend class RendererProcess;
  friend const Blocking& BlockingForTest();  // defined by unit tests alone
  Blocking() = default;
};

}  // namespace ipc
