#include "tests/bench/subjects/limits/waiting.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

namespace bench {
namespace {

void Pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb");
#endif
}

}  // namespace

void Bell::Block() {
  while (asleep_.load(std::memory_order_acquire) != 0) {
    syscall(SYS_futex, &asleep_, FUTEX_WAIT, 1, nullptr, nullptr, 0);
  }
}

void Bell::Ring() {
  asleep_.store(0, std::memory_order_release);
  syscall(SYS_futex, &asleep_, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

void OwnProcessor::Publish() {
  // Written only when it changes: the other side keeps its copy of the cache line.
  const int32_t cpu = sched_getcpu();
  if (get() != cpu) cpu_.store(cpu, std::memory_order_relaxed);
}

void Waiting::Step(OwnProcessor& own, const OwnProcessor& peer) {
  if (steps_ == 0 || steps_ >= kPauses) own.Publish();
  if (own.get() == peer.get()) {
    // Others may have been chosen before the peer, where there are many.
    steps_ =
        std::min(last_step_, steps_ + (patience_ == Patience::kCrowded ? kPauses / 8 : last_step_));
    sched_yield();
  } else if (steps_ < kPauses) {
    ++steps_;
    Pause();
  } else {
    if (steps_ < last_step_) ++steps_;
    sched_yield();
  }
}

}  // namespace bench
