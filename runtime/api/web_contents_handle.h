// What all references to one WebContents share: its id, and the way to it while it lives.
//
// Ownership   Shared by the WebContents, which clears it in its destructor, and its references.
// Threads     Send() on any thread; contents() on the loop's sequence.
#pragma once

#include <atomic>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/task_runner.h"
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

 private:
  void PostSend(FrameId frame_id, std::string_view channel, const PayloadWriter& payload);

  WebContents* contents_;  // only on the sequence
  std::atomic<bool> is_alive_ = true;
  const WebContentsId id_;
  const std::shared_ptr<TaskRunner> runner_;
  const LogSink log_;
};

}  // namespace ipc
