#include "runtime/base/spin.h"

#include <sched.h>

#include "runtime/base/monotonic_time.h"

namespace ipc {
namespace {

constexpr microseconds kAlone{2};

// Looks between two looks at the clock.
constexpr int kLooks = 8;

// Tells the processor that this is a loop that waits.
void Pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

bool SpinUntil(PeerPlace peer, microseconds budget, absl::FunctionRef<bool()> is_over) {
  if (is_over()) return true;
  if (budget <= microseconds::zero() || peer == PeerPlace::kQuiet) return false;
  if (peer == PeerPlace::kOnThisProcessor) {
    sched_yield();
    return is_over();
  }
  MonotonicTime start;  // of the second round: most answers come in the first one
  for (bool is_first = true;; is_first = false) {
    for (int i = 0; i < kLooks; ++i) {
      Pause();
      if (is_over()) return true;
    }
    const MonotonicTime now = std::chrono::steady_clock::now();
    if (is_first) start = now;
    if (now - start >= budget) return false;
    if (now - start >= kAlone) sched_yield();
  }
}

}  // namespace ipc
