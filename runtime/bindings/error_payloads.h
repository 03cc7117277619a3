// What an error carries beside its code and text: in the payloads of a Status where it is, as one
// JSON object in the REPLY that tells of it.
//
//   {"name": "NotFoundError", "code": "ENOENT", "cause": {"message": ..., ...}, "data": ...}
//
// Threads     Any.
// Limits      See bindings/error.h; they hold for what is said and for what is read.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "runtime/value/value.h"

namespace ipc {

// "Error" and null where nothing is said; setting these says nothing.
std::string ErrorName(const absl::Status& error);
void SetErrorName(absl::Status& error, std::string_view name);
Value ErrorCode(const absl::Status& error);
void SetErrorCode(absl::Status& error, const Value& code);

// Empty where the error is nothing but its text.
Object ErrorToObject(const absl::Status& error);

// Adds what such an object says to `error`; what is not as it should be is left out.
void AddErrorPayloads(absl::Status& error, const Value& details);

}  // namespace ipc
