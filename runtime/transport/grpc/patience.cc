#include "runtime/transport/grpc/patience.h"

#include <sched.h>

#include <algorithm>
#include <chrono>

namespace ipc::internal {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

// About what a byte takes to get to the peer, through it, and back.
constexpr nanoseconds kPerByte{1};

// However large the message.
constexpr milliseconds kMost{4};

// Peers that share a processor give it back within this time, each after its turn; who was away for
// longer has lost it to somebody who computes.
constexpr milliseconds kLongAway{2};
constexpr milliseconds kCrowdStays{50};

}  // namespace

void Patience::AwaitLarge(size_t bytes) {
  const nanoseconds time = std::min<nanoseconds>(kPerByte * static_cast<int64_t>(bytes), kMost);
  large_until_ = std::max(large_until_, steady_clock::now() + time);
}

bool Patience::awaits_large() { return IsYetToCome(&large_until_); }

void Patience::Yield() {
  const MonotonicTime start = steady_clock::now();
  sched_yield();
  const MonotonicTime end = steady_clock::now();
  if (end - start >= kLongAway) crowded_until_ = end + kCrowdStays;
}

bool Patience::is_crowded() { return IsYetToCome(&crowded_until_); }

bool Patience::IsYetToCome(MonotonicTime* when) {
  if (*when == MonotonicTime{}) return false;
  if (steady_clock::now() < *when) return true;
  *when = MonotonicTime{};
  return false;
}

}  // namespace ipc::internal
