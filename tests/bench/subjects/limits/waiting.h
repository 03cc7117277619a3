// How a bare ring waits for the other side: as cheaply as the machine lets it.
//
// The other side runs on another processor: look again and again with a pause in between, for 2 us,
// then let others run between looks. On the same processor: let it run at once.
//
// Threads     One, the waiting one. Sleep() and Wake() of a Bell are its two sides.
#pragma once

#include <atomic>
#include <cstdint>

namespace bench {

// Where a reader says that it sleeps, in shared memory; zeroed at first.
class Bell {
 public:
  // Until Wake(), unless there is something already.
  template <typename Ready>
  void Sleep(Ready is_ready) {
    asleep_.store(1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (is_ready()) {
      asleep_.store(0, std::memory_order_relaxed);
    } else {
      Block();
    }
  }
  // After something was published.
  void Wake() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (asleep_.load(std::memory_order_relaxed) != 0) Ring();
  }

 private:
  void Block();
  void Ring();

  std::atomic<uint32_t> asleep_;
};

// The processor that one side runs on, in shared memory.
class OwnProcessor {
 public:
  void Publish();
  int32_t get() const { return cpu_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int32_t> cpu_;
};

enum class Patience {
  kAwake,    // never sleeps
  kPaced,    // sleeps after 50 us
  kCrowded,  // sleeps after 2 us: many wait on one processor
};

class Waiting {
 public:
  explicit Waiting(Patience patience)
      : patience_(patience), last_step_(kPauses + (patience == Patience::kCrowded ? 0 : kYields)) {}

  // One step, after having looked once more in vain.
  void Step(OwnProcessor& own, const OwnProcessor& peer);
  // Whether it has waited long enough to sleep.
  bool wants_sleep() const { return patience_ != Patience::kAwake && steps_ == last_step_; }
  void Reset() { steps_ = 0; }

 private:
  // A pause takes 10 to 50 ns on what we know, a yield to nobody 300: 2 us, then 50.
  static constexpr int kPauses = 60;
  static constexpr int kYields = 150;

  const Patience patience_;
  const int last_step_;
  int steps_ = 0;
};

}  // namespace bench
