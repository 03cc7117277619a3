#include "runtime/base/exception.h"

#include <cstdio>

#include "runtime/base/status_cause.h"

namespace ipc {
namespace {

absl::Status InFlight(int depth);

// `error` with what `exception` was thrown around, if it was.
template <typename Exception>
absl::Status WithCause(absl::Status error, const Exception& exception, int depth) {
  const auto* outer = dynamic_cast<const std::nested_exception*>(&exception);
  // One that was thrown around nothing has a null inside, and rethrowing that ends the process.
  if (depth == kMaxCauses || outer == nullptr || outer->nested_ptr() == nullptr) return error;
  try {
    outer->rethrow_nested();
  } catch (...) {
    SetCause(error, InFlight(depth + 1));
  }
  return error;
}

absl::Status InFlight(int depth) {
  try {
    throw;
  } catch (const StatusException& e) {
    return WithCause(e.status().ok() ? absl::UnknownError(e.what()) : e.status(), e, depth);
  } catch (const std::exception& e) {
    return WithCause(absl::UnknownError(e.what()), e, depth);
  } catch (...) {
    return absl::UnknownError("an exception that is no std::exception");
  }
}

}  // namespace

absl::Status ExceptionToStatus() { return InFlight(0); }

void ReportException(const char* where) {
  const std::string what(ExceptionToStatus().message());
  std::fprintf(stderr, "ipc: %s threw: %s\n", where, what.c_str());
}

}  // namespace ipc
