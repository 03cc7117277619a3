#include "runtime/api/web_frame_main.h"

#include "runtime/api/web_contents.h"
#include "runtime/core/endings.h"

namespace ipc {

WebFrameMain::WebFrameMain(WebContentsRef contents, FrameId id,
                           std::shared_ptr<WebFrameMain> parent, std::unique_ptr<IpcMain> ipc)
    : contents_(std::move(contents)), id_(id), parent_(std::move(parent)), ipc_(std::move(ipc)) {}

int32_t WebFrameMain::process_id() const {
  const WebContents* contents = is_detached_ ? nullptr : contents_.get();
  return contents == nullptr ? 0 : contents->process_id();
}

const WebFrameMain& WebFrameMain::top() const {
  const WebFrameMain* frame = this;
  while (frame->parent_) frame = frame->parent_.get();
  return *frame;
}

absl::Status WebFrameMain::Gone() { return FrameIsGone(); }

void WebFrameMain::Detach() {
  is_detached_ = true;
  parent_ = nullptr;
  ipc_->RemoveAllListeners();
  ipc_->RemoveAllHandlers();
}

}  // namespace ipc
