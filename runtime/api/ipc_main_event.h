// What a listener or a handler in main is told of a message besides its arguments.
//
// Ownership   Copyable values; keep one to answer later.
// Threads     Any, as WebContentsRef and the answer behind it.
// From        electron IpcMainEvent and IpcMainInvokeEvent; contract rules 7, 8 and 15.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "runtime/api/message_port.h"
#include "runtime/api/web_contents_ref.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/bindings/make_args.h"
#include "runtime/bindings/sync_reply.h"
#include "runtime/core/incoming_call.h"
#include "runtime/value/value.h"

namespace ipc {

class WebFrameMain;

// Where a message came from, as it was when it arrived.
class MessageOrigin {
 public:
  // `reply_to` is as `sender`, but good for the process that sent alone.
  MessageOrigin(WebContentsRef sender, WebContentsRef reply_to, int32_t process_id,
                FrameId frame_id, std::shared_ptr<WebFrameMain> sender_frame)
      : sender_(std::move(sender)),
        reply_to_(std::move(reply_to)),
        process_id_(process_id),
        frame_id_(frame_id),
        sender_frame_(std::move(sender_frame)) {}

  const WebContentsRef& sender() const { return sender_; }
  // The renderer's pid, for logs; 0 when it is not known.
  int32_t process_id() const { return process_id_; }
  FrameId frame_id() const { return frame_id_; }
  // The frame that sent, never null; it may have been removed since then. On the loop's sequence.
  const std::shared_ptr<WebFrameMain>& sender_frame() const { return sender_frame_; }

 protected:
  const WebContentsRef& reply_to() const { return reply_to_; }

 private:
  WebContentsRef sender_;
  WebContentsRef reply_to_;
  int32_t process_id_;
  FrameId frame_id_;
  std::shared_ptr<WebFrameMain> sender_frame_;
};

// Of ipcRenderer.send and sendSync.
class IpcMainEvent : public MessageOrigin {
 public:
  // `sync` is null for a message that wants no answer.
  IpcMainEvent(MessageOrigin origin, std::shared_ptr<SyncReply> sync,
               std::vector<MessagePort> ports = {})
      : MessageOrigin(std::move(origin)), sync_(std::move(sync)), ports_(std::move(ports)) {}

  // Those that came along, of postMessage. They close unless somebody keeps a copy.
  const std::vector<MessagePort>& ports() const { return ports_; }

  // Sends to the frame that this message came from. Errors: as WebContentsRef::Send(); UNAVAILABLE
  // also when its renderer was reloaded, since the new one never asked.
  template <typename... Values>
  absl::Status Reply(std::string_view channel, Values&&... args) const {
    return reply_to().SendArgsToFrame(frame_id(), channel, MakeArgs(std::forward<Values>(args)...));
  }

  // Answers a sendSync, now or later; the first value counts. When the last copy of the event is
  // gone without an answer, the renderer gets ABORTED. Does nothing for a send.
  void SetReturnValue(const Value& value) const {
    if (sync_) sync_->Return<Value>(value);
  }

  // What generated code answers with; null for a send.
  const std::shared_ptr<SyncReply>& sync_reply() const { return sync_; }

 private:
  std::shared_ptr<SyncReply> sync_;
  std::vector<MessagePort> ports_;
};

// Of ipcRenderer.invoke. The answer is what the handler returns.
class IpcMainInvokeEvent : public MessageOrigin {
 public:
  IpcMainInvokeEvent(MessageOrigin origin, std::shared_ptr<const IncomingCall> call)
      : MessageOrigin(std::move(origin)), call_(std::move(call)) {}

  // When the caller stops waiting; kForever when it never does.
  MonotonicTime deadline() const { return call_->deadline; }
  // Told, on the loop's sequence, when nobody waits for the answer any more: the caller cancelled,
  // its deadline passed, its process is gone. Dropping the Resolver is then as good as an answer.
  std::stop_token stop_token() const { return call_->stop_token(); }

 private:
  std::shared_ptr<const IncomingCall> call_;
};

}  // namespace ipc
