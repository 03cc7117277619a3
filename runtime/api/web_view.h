// WebView: a guest as its embedder sees it.
//
//   ipc::WebView guest(renderer, guest_id);  // the id is main's to tell
//   guest.ipc_message().Add(
//       [](ipc::IpcRendererEvent&, std::string_view channel, const ipc::Args& args) { ... });
//   guest.Send("go", "home").IgnoreError();
//
// A guest is a renderer that main has launched for another one (RendererOptions::embedder). What
// it says with sendToHost is heard here, once for each message; what nobody listens to is dropped.
//
// Ownership   The creator owns it; the RendererProcess outlives it. One a guest.
// Threads     The loop's sequence.
// Errors      Send(): as IpcRenderer::SendTo().
// From        electron <webview>: ipc-message and send; contract rule 21.
#pragma once

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "runtime/api/ipc_renderer.h"
#include "runtime/api/renderer_process.h"
#include "runtime/base/ids.h"
#include "runtime/bindings/event.h"

namespace ipc {

class WebView {
 public:
  WebView(RendererProcess& renderer, WebContentsId guest_id);
  WebView(const WebView&) = delete;
  WebView& operator=(const WebView&) = delete;
  ~WebView();

  WebContentsId guest_id() const { return guest_id_; }

  // To the guest's main frame, whose listeners hear it with the embedder's id.
  template <typename... Values>
  absl::Status Send(std::string_view channel, Values&&... args) {
    return renderer_.ipc_renderer().SendTo(guest_id_, channel, std::forward<Values>(args)...);
  }

  // Every sendToHost of the guest, before the listeners of its channel.
  using MessageEvent = Event<IpcRendererEvent&, std::string_view, const Args&>;
  MessageEvent& ipc_message() { return ipc_message_; }

  // On a typed channel: what generated code calls. `listener` is called as (IpcRendererEvent&,
  // Params).
  template <typename Params, typename F>
  ListenerId On(const HostChannel<Params>& channel, F listener) {
    return listeners_.On(AsHeard(channel), std::move(listener));
  }
  template <typename Params, typename F>
  ListenerId Once(const HostChannel<Params>& channel, F listener) {
    return listeners_.Once(AsHeard(channel), std::move(listener));
  }
  void RemoveListener(std::string_view channel, ListenerId id) {
    listeners_.RemoveListener(channel, id);
  }

 private:
  friend class RendererProcess;

  template <typename Params>
  static EmitChannel<Params> AsHeard(const HostChannel<Params>& channel) {
    return {channel.name, channel.max_bytes};
  }

  void Dispatch(const IncomingMessage& message);

  RendererProcess& renderer_;
  const WebContentsId guest_id_;
  IpcRenderer listeners_;  // hears the guest, and is not spoken through
  MessageEvent ipc_message_;
};

}  // namespace ipc
