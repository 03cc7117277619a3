// The texts of failed calls that name their channel, and the data that goes with an error.
//
// On the wire an error is a status code and a DETAIL (see core/endings.h); the caller sees
// Electron's text "Error invoking remote method 'CH': DETAIL".
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/value/value.h"

namespace ipc {

// UNIMPLEMENTED, "Error: No handler registered for 'CH'".
absl::Status NoHandlerDetail(std::string_view channel);
// PERMISSION_DENIED, "Error: 'CH' is not allowed for this renderer".
absl::Status NotAllowedDetail(std::string_view channel);

// What the caller of `channel` gets, from the DETAIL that came back or was found here.
absl::Status InvokeError(std::string_view channel, const absl::Status& detail);

// The value that travels with an error, beside its text: for a typed channel called with JSON, the
// typed error; for others, what the handler attached. Nothing when there is none: a typed error
// of `any` may be null.
std::optional<Value> ErrorData(const absl::Status& error);
void SetErrorData(absl::Status& error, const Value& data);

}  // namespace ipc
