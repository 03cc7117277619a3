// What becomes of an exception that a user's callable throws. The library itself never throws;
// it catches wherever it calls out, and asks here what was caught.
//
//   try { handler(event); } catch (...) { Answer(ExceptionToStatus()); }
//
// Threads     Any.
#pragma once

#include "absl/status/status.h"

namespace ipc {

// The exception in flight as UNKNOWN with its what(). Call it inside a catch block.
absl::Status ExceptionToStatus();

// For where nobody is left to tell: prints the exception in flight to stderr, as
// "ipc: WHERE threw: WHAT". Call it inside a catch block.
void ReportException(const char* where);

}  // namespace ipc
