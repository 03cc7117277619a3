// How long one call may take, and how its caller gives it up.
#pragma once

#include <optional>
#include <stop_token>
#include <utility>

#include "runtime/base/monotonic_time.h"

namespace ipc {

struct CallOptions {
  CallOptions() = default;
  explicit CallOptions(milliseconds timeout, std::stop_token stop_token = {})
      : timeout(timeout), stop_token(std::move(stop_token)) {}
  explicit CallOptions(std::stop_token stop_token) : stop_token(std::move(stop_token)) {}

  // From now on. Absent: the channel's [DeadlineMs], else the process's default.
  std::optional<milliseconds> timeout;
  // Once it is told to stop, on any thread, the call ends with CANCELLED and its handler is told.
  // It is the only way to give up a sendSync.
  std::stop_token stop_token;
};

}  // namespace ipc
