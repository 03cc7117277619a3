#include "runtime/base/exception.h"

#include <cstdio>
#include <exception>
#include <string>

namespace ipc {

absl::Status ExceptionToStatus() {
  try {
    throw;
  } catch (const std::exception& e) {
    return absl::UnknownError(e.what());
  } catch (...) {
    return absl::UnknownError("an exception that is no std::exception");
  }
}

void ReportException(const char* where) {
  const std::string what(ExceptionToStatus().message());
  std::fprintf(stderr, "ipc: %s threw: %s\n", where, what.c_str());
}

}  // namespace ipc
