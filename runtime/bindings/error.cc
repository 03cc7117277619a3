#include "runtime/bindings/error.h"

#include <optional>

#include "absl/strings/strip.h"
#include "runtime/base/status_cause.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/error_payloads.h"

namespace ipc {
namespace {

// What went wrong, of the text of a call's failure. A channel's name could hold the same marks: a
// little of it is then left in front.
absl::string_view WithoutElectronsWords(absl::string_view message) {
  if (absl::ConsumePrefix(&message, "Error invoking remote method '")) {
    const size_t end = message.find("': ");
    if (end != absl::string_view::npos) message.remove_prefix(end + 3);
  }
  absl::ConsumePrefix(&message, "Error: ");
  return message;
}

absl::Status ToStatus(const ErrorDetails& details, absl::StatusCode code, int depth) {
  absl::Status error(code, details.message);
  SetErrorName(error, details.name);
  SetErrorCode(error, details.code);
  if (details.cause != nullptr && depth < kMaxCauses) {
    SetCause(error, ToStatus(*details.cause, absl::StatusCode::kUnknown, depth + 1));
  }
  return error;
}

}  // namespace

ErrorDetails ErrorDetails::From(const absl::Status& error) {
  ErrorDetails details;
  details.message = std::string(WithoutElectronsWords(error.message()));
  details.name = ErrorName(error);
  details.code = ErrorCode(error);
  if (std::optional<absl::Status> cause = CauseOf(error)) {
    details.cause = std::make_shared<const ErrorDetails>(From(*cause));
  }
  return details;
}

Error::Error(const ErrorDetails& details, absl::StatusCode status_code)
    : StatusException(ToStatus(details, status_code, 0)) {}

}  // namespace ipc
