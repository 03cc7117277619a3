#include "runtime/api/channel_policy.h"

#include <optional>
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
  const WebContentsId who = from.sender().id();
  const std::optional<uint64_t> count = refusals_.Note(who);
  if (!count) return false;
  log_(LogLevel::kWarning, absl::StrCat("WebContents #", who.value(), " used '", ToAbsl(channel),
                                        "', which is not allowed for it", decided.ok() ? "" : ": ",
                                        decided.message(), " (", *count, " such in all)"));
  return false;
}

}  // namespace ipc
