#include "runtime/api/relay.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"

namespace ipc {

Relay::Relay(std::function<WebContents*(WebContentsId)> find, Allow allow, LogSink log)
    : find_(std::move(find)), allow_(std::move(allow)), log_(std::move(log)) {}

void Relay::SendTo(WebContents& from, const IncomingMessage& message) {
  const Address& address = message.address;
  WebContents* to = find_(address.target_id);
  absl::Status sent = to ? CheckAllowed(from, *to)
                         : absl::NotFoundError(absl::StrCat("there is no WebContents #",
                                                            address.target_id.value()));
  if (sent.ok()) {
    sent = to->connection_->Send({.channel = address.channel, .sender_id = from.id()},
                                 EncodedPayload(message.payload));
  }
  if (!sent.ok()) Refuse(from, "sendTo", address.channel, sent);
}

void Relay::SendToHost(WebContents& from, const IncomingMessage& message) {
  std::string_view channel = message.address.channel;
  WebContents* embedder = find_(from.embedder_id());
  absl::Status sent =
      embedder ? embedder->connection_->SendToHost({.channel = channel, .sender_id = from.id()},
                                                   EncodedPayload(message.payload))
               : absl::NotFoundError("it has no embedder");
  if (!sent.ok()) Refuse(from, "sendToHost", channel, sent);
}

absl::Status Relay::CheckAllowed(const WebContents& from, const WebContents& to) const {
  const bool is_like =
      from.role() == to.role() || from.embedder_id() == to.id() || to.embedder_id() == from.id();
  if (is_like) return absl::OkStatus();
  bool is_allowed = false;
  absl::Status decided = RunCatching([&] { is_allowed = allow_ && allow_(from, to); });
  if (!decided.ok()) return decided;
  if (is_allowed) return absl::OkStatus();
  return absl::PermissionDeniedError(
      absl::StrCat("'", from.role(), "' may not send to '", to.role(), "'"));
}

void Relay::Refuse(const WebContents& from, std::string_view what, std::string_view channel,
                   const absl::Status& why) {
  const std::optional<uint64_t> count = refusals_.Note(from.id());
  if (!count) return;
  log_(LogLevel::kWarning,
       absl::StrCat("WebContents #", from.id().value(), " called ipcRenderer.", ToAbsl(what),
                    "() with '", ToAbsl(channel), "', which was dropped: ", why.message(), " (",
                    *count, " such in all)"));
}

}  // namespace ipc
