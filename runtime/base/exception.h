// What becomes of an exception that a user's callable throws. The library itself never throws;
// it catches wherever it calls out, and asks here what was caught.
//
//   absl::Status outcome = RunCatching([&] { listener(event); });
//   try { ... } catch (...) { Answer(ExceptionToStatus()); }
//
// Threads     Any.
#pragma once

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"

namespace ipc {

// An exception that is a Status: its code and payloads arrive where it is caught.
class StatusException : public std::exception {
 public:
  explicit StatusException(absl::Status status)
      : status_(std::move(status)), what_(status_.message()) {}

  const absl::Status& status() const { return status_; }
  const char* what() const noexcept override { return what_.c_str(); }

 private:
  absl::Status status_;
  std::string what_;
};

// The exception in flight: a StatusException's Status, else UNKNOWN with its what(). What it was
// thrown around (std::throw_with_nested) becomes its cause. Call it inside a catch block.
absl::Status ExceptionToStatus();

// For where nobody is left to tell: prints the exception in flight to stderr, as
// "ipc: WHERE threw: WHAT". Call it inside a catch block.
void ReportException(const char* where);

// Runs `call`, which returns nothing or a Status, and returns how that went.
template <typename F>
absl::Status RunCatching(F call) {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      call();
      return absl::OkStatus();
    } else {
      return call();
    }
  } catch (...) {
    return ExceptionToStatus();
  }
}

}  // namespace ipc
