// A failure that is more than a text. In a handler or listener:
//
//   throw ipc::Error({.message = "no note 7", .name = "NotFoundError", .code = "ENOENT"});
//
// and where its call ends, in the other process:
//
//   ipc::ErrorDetails details = ipc::ErrorDetails::From(answer.status());
//   if (details.code == "ENOENT") ...
//
// The text of the failed call is Electron's, details or not: "Error invoking remote method 'CH':
// Error: no note 7". A cause is also taken from std::throw_with_nested().
//
// Limits      A message has 16 KiB, a name 128 bytes, a code 4 KiB of JSON, a chain of causes 8: of
//             longer texts the beginning travels, of larger codes and later causes nothing.
// Errors      Details that cannot be read are as none: they never hide the failure.
// From        Error of JavaScript, and of Node its code.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "runtime/base/exception.h"
#include "runtime/value/value.h"

namespace ipc {

struct ErrorDetails {
  std::string message = {};  // without what Electron puts in front
  std::string name = "Error";
  Value code = {};                                      // null: none
  std::shared_ptr<const ErrorDetails> cause = nullptr;  // null: none

  // Of any error; of one that carries no details, its message alone.
  static ErrorDetails From(const absl::Status& error);
};

// Ownership   A value. A handler may also return it: it converts to its Status.
class Error : public StatusException {
 public:
  // `status_code` is what the call ends with; not OK.
  explicit Error(const ErrorDetails& details,
                 absl::StatusCode status_code = absl::StatusCode::kUnknown);

  operator absl::Status() const { return status(); }  // NOLINT(google-explicit-constructor)
};

}  // namespace ipc
