#include "runtime/api/renderer_frame.h"

#include "runtime/base/check.h"
#include "runtime/core/endings.h"

namespace ipc {

RendererFrame::RendererFrame(const Host& host, FrameId id, RendererFrame* parent)
    : host_(host),
      id_(id),
      parent_(parent),
      ipc_renderer_(host.connection, host.blocking, id, host.ipc_options) {}

absl::StatusOr<RendererFrame*> RendererFrame::CreateFrame() {
  if (is_removed_) return FrameIsGone();
  return host_.create(*this);
}

void RendererFrame::Remove() {
  IPC_CHECK(id_ != kMainFrame, "the main frame is not removed: end its RendererProcess");
  if (!is_removed_) host_.remove(*this);
}

void RendererFrame::Detach() {
  is_removed_ = true;
  parent_ = nullptr;
  ipc_renderer_.Detach();
}

}  // namespace ipc
