// What all references to one WebContents share: its id, and the way to it while it lives.
//
// Ownership   Shared by the WebContents, which clears it in its destructor, and its references.
// Threads     Send() and StartCall() on any thread; contents() on the loop's sequence.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/api/call_options.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/connection.h"
#include "runtime/wire/payload.h"

namespace ipc {

class WebContents;

class WebContentsHandle : public std::enable_shared_from_this<WebContentsHandle> {
 public:
  WebContentsHandle(WebContents* contents, WebContentsId id, std::shared_ptr<TaskRunner> runner,
                    LogSink log);

  WebContentsId id() const { return id_; }
  WebContents* contents() const { return contents_; }
  void Clear();

  absl::Status Send(FrameId frame_id, std::string_view channel, const PayloadWriter& payload);
  // As WebContentsRef::StartCall().
  std::function<void()> StartCall(FrameId frame_id, std::string_view channel,
                                  const PayloadWriter& payload, const CallOptions& options,
                                  ReplyCallback done);

 private:
  struct PostedCall;

  absl::Status Destroyed() const;
  std::function<void()> StartCallHere(FrameId frame_id, std::string_view channel,
                                      const PayloadWriter& payload, const CallOptions& options,
                                      ReplyCallback done);
  void PostSend(FrameId frame_id, std::string_view channel, const PayloadWriter& payload);

  WebContents* contents_;  // only on the sequence
  std::atomic<bool> is_alive_ = true;
  const WebContentsId id_;
  const std::shared_ptr<TaskRunner> runner_;
  const LogSink log_;
};

}  // namespace ipc
