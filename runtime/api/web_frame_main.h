// webFrameMain: one frame of a renderer as main sees it.
//
// What the frame sends is heard by its own ipc() first; then by its WebContents' and main's.
//
//   ipc_main.On("asynchronous-message", [](ipc::IpcMainEvent& event, const ipc::Args&) {
//     event.sender_frame()->Send("asynchronous-reply", "pong").IgnoreError();
//   });
//
// Ownership   WebContents owns it while the frame lives; events, and who keeps the shared pointer,
//             may outlive that: the frame is detached then, its listeners and handlers are gone.
//             The main frame's lives as long as its WebContents, also when its process is replaced.
// Threads     The loop's sequence; frame_id() and detached() on any thread.
// Errors      To a detached frame: UNAVAILABLE, "the frame is gone".
// From        electron webFrameMain; contract rules 1, 2 and 15.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "runtime/api/ipc_main.h"
#include "runtime/api/web_contents_ref.h"
#include "runtime/base/ids.h"

namespace ipc {

class WebFrameMain {
 public:
  // Made by WebContents. `parent` is null for the main frame; `ipc` has main's log and schemas.
  WebFrameMain(WebContentsRef contents, FrameId id, std::shared_ptr<WebFrameMain> parent,
               std::unique_ptr<IpcMain> ipc);
  WebFrameMain(const WebFrameMain&) = delete;
  WebFrameMain& operator=(const WebFrameMain&) = delete;

  FrameId frame_id() const { return id_; }
  // Of the process that has the frame now, for logs; 0 where it is not known, and once detached.
  int32_t process_id() const;
  const WebContentsRef& web_contents() const { return contents_; }
  bool detached() const { return is_detached_; }
  // Null for the main frame, and once this is detached.
  const std::shared_ptr<WebFrameMain>& parent() const { return parent_; }
  // The main frame, or what is left above a detached frame: itself.
  const WebFrameMain& top() const;

  // Errors: as WebContentsRef::Send().
  template <typename... Values>
  absl::Status Send(std::string_view channel, Values&&... args) const {
    if (is_detached_) return Gone();
    return contents_.SendToFrame(id_, channel, std::forward<Values>(args)...);
  }
  // As WebContents::PostMessage().
  absl::Status PostMessage(std::string_view channel, const Value& message,
                           absl::Span<const MessagePort> transfer = {}) const {
    if (is_detached_) return Gone();
    return contents_.PostMessageToFrame(id_, channel, message, transfer);
  }
  // Asks the handler of this frame. As WebContentsRef::Invoke().
  template <typename... Values>
  Promise<Value> Invoke(std::string_view channel, Values&&... args) const {
    if (is_detached_) return InvokeError(channel, AsDetail(Gone()));
    return contents_.InvokeArgsInFrame(id_, channel, MakeArgs(std::forward<Values>(args)...));
  }

  // Listeners and handlers for this frame alone, asked first.
  IpcMain& ipc() { return *ipc_; }

 private:
  friend class FrameTree;

  static absl::Status Gone();
  void Detach();

  const WebContentsRef contents_;
  const FrameId id_;
  std::shared_ptr<WebFrameMain> parent_;
  const std::unique_ptr<IpcMain> ipc_;
  std::atomic<bool> is_detached_ = false;
};

}  // namespace ipc
