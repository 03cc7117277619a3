#include "runtime/api/channel_policy.h"

#include <bit>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"

namespace ipc {

ChannelPolicy::ChannelPolicy(Allow allow, LogSink log)
    : allow_(std::move(allow)), log_(std::move(log)) {}

bool ChannelPolicy::IsAllowed(const MessageOrigin& from, std::string_view channel) {
  if (!allow_) return true;
  bool is_allowed = false;
  const absl::Status decided = RunCatching([&] { is_allowed = allow_(from, channel); });
  if (is_allowed) return true;
  ++refused_;
  if (!std::has_single_bit(refused_)) return false;
  log_(LogLevel::kWarning,
       absl::StrCat("WebContents #", from.sender().id().value(), " used '", ToAbsl(channel),
                    "', which is not allowed for it", decided.ok() ? "" : ": ", decided.message(),
                    " (", refused_, " such in all)"));
  return false;
}

}  // namespace ipc
