#include "runtime/bindings/answer.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/error_payloads.h"
#include "runtime/core/endings.h"
#include "runtime/value/json_writer.h"

namespace ipc {

void Answer::ReplyJson(const Value& value) {
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromValue(value);
  if (!payload.ok()) return Fail(payload.status());
  responder_.Reply(*payload);
}

void Answer::Fail(const absl::Status& error) {
  // A handler that was told to stop may let go of its Resolver: nobody waits, nothing went wrong.
  if (call()->is_stopped() && error == NeverSent()) return responder_.Fail(error);
  const absl::Status detail = AsDetail(error);
  // Main calls from no WebContents.
  const std::string of =
      caller_ == WebContentsId() ? "" : absl::StrCat(" of WebContents #", caller_.value());
  (*log_)(LogLevel::kError, absl::StrCat("Error occurred in handler for '", *call()->channel, "'",
                                         of, ": ", detail.message()));
  Refuse(detail);
}

void Answer::Refuse(const absl::Status& detail) {
  const Value details = ErrorToObject(detail);
  if (details.object().empty()) return responder_.Fail(detail);
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromValue(details);
  if (!payload.ok()) return responder_.Fail(detail);
  responder_.Fail(detail, *payload);
}

void Answer::RefuseWithData(const Value& data) {
  Value details = Object{{"data", data}};
  absl::Status detail =
      absl::UnknownError(absl::StrCat("Error: ", ToAbsl(std::string_view(ToJson(data)))));
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromValue(details);
  if (!payload.ok()) return Fail(payload.status());
  responder_.Fail(detail, *payload);
}

}  // namespace ipc
