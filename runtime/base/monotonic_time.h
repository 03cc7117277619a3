// Points in time for timers and deadlines. They mean nothing in another process: what crosses a
// pipe is the time that remains.
#pragma once

#include <chrono>

namespace ipc {

using MonotonicTime = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

// No deadline.
inline constexpr MonotonicTime kForever = MonotonicTime::max();

}  // namespace ipc
