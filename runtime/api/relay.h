// Messages from one renderer to another, by way of main.
//
// A renderer reaches its like: others of its role, its embedder, its guests. Beyond that main
// decides. What is refused is dropped, counted and logged (refusals.h). What is passed on waits for
// its receiver in room of its own: Limits::relayed_bytes.
//
// Ownership   MainProcess owns it.
// Threads     The loop's sequence.
// From        contract rule 21.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/api/refusals.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/core/connection.h"

namespace ipc {

class WebContents;

class Relay {
 public:
  // May `from` send to `to`, which has another role?
  using Allow = std::function<bool(const WebContents& from, const WebContents& to)>;

  // `find` gives null for an id that nobody has.
  Relay(std::function<WebContents*(WebContentsId)> find, Allow allow, LogSink log);

  void SendTo(WebContents& from, const IncomingMessage& message);
  // To the embedder of `from`.
  void SendToHost(WebContents& from, const IncomingMessage& message);

  // Messages that were not passed on.
  uint64_t refused() const { return refusals_.total(); }
  void Forget(WebContentsId gone) { refusals_.Forget(gone); }

 private:
  absl::Status CheckAllowed(const WebContents& from, const WebContents& to) const;
  void Refuse(const WebContents& from, std::string_view what, std::string_view channel,
              const absl::Status& why);

  const std::function<WebContents*(WebContentsId)> find_;
  const Allow allow_;
  const LogSink log_;
  Refusals refusals_;
};

}  // namespace ipc
