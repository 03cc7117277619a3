#include "runtime/api/web_view.h"

#include "runtime/base/check.h"

namespace ipc {

WebView::WebView(RendererProcess& renderer, WebContentsId guest_id)
    : renderer_(renderer),
      guest_id_(guest_id),
      listeners_(renderer.connection_, renderer.blocking_, kMainFrame,
                 renderer.frame_host_.ipc_options),
      ipc_message_("ipc-message", renderer.log_) {
  const bool is_first = renderer.web_views_.try_emplace(guest_id, this).second;
  IPC_CHECK(is_first, "a guest has one WebView");
}

WebView::~WebView() { renderer_.web_views_.erase(guest_id_); }

void WebView::Dispatch(const IncomingMessage& message) {
  std::string_view channel = message.address.channel;
  IncomingParams params(message.payload, channel, listeners_.schemas_);
  IpcRendererEvent event(&renderer_.ipc_renderer(), guest_id_);
  if (ipc_message_.has_observers()) {
    if (params.args().ok()) {
      ipc_message_.Emit(event, channel, *params.args());
    } else {
      listeners_.LogFailure(channel, params.args().status());
    }
  }
  listeners_.Dispatch(channel, event, params);
}

}  // namespace ipc
