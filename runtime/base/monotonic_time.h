// Points in time for timers and deadlines. They mean nothing in another process: what crosses a
// pipe is the time that remains.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>

namespace ipc {

using MonotonicTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

// What time it is.
using Clock = std::function<MonotonicTime()>;

// No deadline.
inline constexpr MonotonicTime kForever = MonotonicTime::max();

// `now + wait`; kForever for a wait that no clock reaches, `now` for one that is negative.
constexpr MonotonicTime After(MonotonicTime now, milliseconds wait) {
  if (wait >= std::chrono::floor<milliseconds>(kForever - now)) return kForever;
  return now + std::max(wait, milliseconds::zero());
}

}  // namespace ipc
