// What becomes of an exception that a user's callable throws. The library itself never throws;
// it catches wherever it calls out, and asks here what was caught.
//
//   absl::Status outcome = RunCatching([&] { listener(event); });
//   try { ... } catch (...) { Answer(ExceptionToStatus()); }
//
// Threads     Any.
#pragma once

#include <type_traits>

#include "absl/status/status.h"

namespace ipc {

// The exception in flight as UNKNOWN with its what(). Call it inside a catch block.
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
