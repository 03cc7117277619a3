// How long a caller waits for its answer: until a moment, or until it is told to stop.
//
// Threads     A value. The stop token may be told on any thread.
#pragma once

#include <stop_token>
#include <utility>

#include "runtime/base/monotonic_time.h"

namespace ipc {

struct Patience {
  Patience(MonotonicTime deadline, std::stop_token stop_token = {})  // NOLINT
      : deadline(deadline), stop_token(std::move(stop_token)) {}

  MonotonicTime deadline;
  std::stop_token stop_token;
};

}  // namespace ipc
