// The texts and codes that a failed call ends with, in one place.
//
// On the wire an error is a status code and a DETAIL; the caller sees Electron's text
// "Error invoking remote method 'CH': DETAIL". DETAIL is "Error: " and what went wrong, but for a
// reply that was dropped, where Electron has no "Error: ".
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "runtime/value/value.h"

namespace ipc {

// What a thrown thing is called that has no what().
inline constexpr std::string_view kNotAnException = "an exception that is no std::exception";

// What goes on the wire for a handler that failed with `error`; its code stays.
absl::Status ToDetail(const absl::Status& error);
// The same for a handler that threw `what`: UNKNOWN.
absl::Status ThrownDetail(std::string_view what);
// UNIMPLEMENTED, "Error: No handler registered for 'CH'".
absl::Status NoHandlerDetail(std::string_view channel);

// What the caller of `channel` gets, from the DETAIL that came back or was found here.
absl::Status InvokeError(std::string_view channel, const absl::Status& detail);

// The value that travels with an error, beside its text: for a typed channel called with JSON, the
// typed error; for others, what the handler attached. Null when there is none.
Value ErrorData(const absl::Status& error);
void SetErrorData(absl::Status& error, const Value& data);

}  // namespace ipc
