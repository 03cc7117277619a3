// How long one call may take.
#pragma once

#include <optional>

#include "runtime/base/monotonic_time.h"

namespace ipc {

struct CallOptions {
  CallOptions() = default;
  explicit CallOptions(milliseconds timeout) : timeout(timeout) {}

  // From now on. Absent: the channel's [DeadlineMs], else the process's default.
  std::optional<milliseconds> timeout;
};

}  // namespace ipc
