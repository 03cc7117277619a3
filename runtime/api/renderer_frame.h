// One frame of a renderer: the main frame, or a child that was created below another frame.
//
//   ipc::RendererFrame* child = *renderer.main_frame().CreateFrame();
//   child->ipc_renderer().Send("asynchronous-message", "ping").IgnoreError();
//   child->Remove();
//
// Main hears of a frame before it hears anything from it, and knows it by its id.
//
// Ownership   RendererProcess owns all frames. Remove() takes a frame and all below it away; the
//             objects go from the loop, after the callbacks in progress.
// Threads     The loop's sequence.
// Errors      What a removed frame sends fails with UNAVAILABLE, "the frame is gone"; so do the
//             calls that it has begun.
// From        electron's frames of a page, and webContents.mainFrame.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "runtime/api/ipc_renderer.h"
#include "runtime/base/ids.h"

namespace ipc {

class RendererFrame {
 public:
  // What the frames of a renderer share. Made by RendererProcess, which outlives them.
  struct Host {
    Connection& connection;
    const Blocking& blocking;
    IpcRenderer::Options ipc_options;
    std::function<absl::StatusOr<RendererFrame*>(RendererFrame& parent)> create;
    std::function<void(RendererFrame& frame)> remove;
  };

  RendererFrame(const Host& host, FrameId id, RendererFrame* parent);
  RendererFrame(const RendererFrame&) = delete;
  RendererFrame& operator=(const RendererFrame&) = delete;

  // Never reused within this renderer.
  FrameId id() const { return id_; }
  // Null for the main frame, and once it is removed.
  RendererFrame* parent() const { return parent_; }
  IpcRenderer& ipc_renderer() { return ipc_renderer_; }

  // Errors: RESOURCE_EXHAUSTED above Limits::frames, UNAVAILABLE once main or this frame is gone.
  absl::StatusOr<RendererFrame*> CreateFrame();
  // Not the main frame, which goes with its process. The second time does nothing.
  void Remove();

 private:
  friend class RendererProcess;

  void Detach();

  const Host& host_;
  const FrameId id_;
  RendererFrame* parent_;
  bool is_removed_ = false;
  IpcRenderer ipc_renderer_;
};

}  // namespace ipc
