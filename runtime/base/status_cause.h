// What caused an error, kept inside of its Status: the cause's message and payloads, and its own
// causes. Not the cause's code: the code is how a call ended, and a call ends once.
//
// Threads     Any.
#pragma once

#include <optional>

#include "absl/status/status.h"

namespace ipc {

// A chain of causes ends here, however long it was.
inline constexpr int kMaxCauses = 8;

// Neither is OK.
void SetCause(absl::Status& error, const absl::Status& cause);

// None when nothing is said of it. Its code is UNKNOWN.
std::optional<absl::Status> CauseOf(const absl::Status& error);

}  // namespace ipc
