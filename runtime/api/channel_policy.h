// Which renderer may use which channel of main: what the application decides, asked at one place.
//
// What is refused is counted and logged (refusals.h).
//
// Ownership   MainProcess owns it.
// Threads     The loop's sequence.
// Errors      A decision that throws refuses.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "runtime/api/ipc_main_event.h"
#include "runtime/api/refusals.h"
#include "runtime/base/log.h"

namespace ipc {

class ChannelPolicy {
 public:
  // May what comes from there be heard on that channel?
  using Allow = std::function<bool(const MessageOrigin& from, std::string_view channel)>;

  // `allow` may be empty: everybody may do everything.
  ChannelPolicy(Allow allow, LogSink log);

  bool IsAllowed(const MessageOrigin& from, std::string_view channel);

  uint64_t refused() const { return refusals_.total(); }
  void Forget(WebContentsId gone) { refusals_.Forget(gone); }

 private:
  const Allow allow_;
  const LogSink log_;
  Refusals refusals_;
};

}  // namespace ipc
