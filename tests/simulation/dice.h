// The one source of chance in a run: a seed says all that it will say.
//
// Threads     One.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace ipc::simulation {

class Dice {
 public:
  explicit Dice(uint64_t seed) : random_(seed) {}

  // 0 to `count` - 1. (The library's distributions are not the same everywhere.)
  uint64_t Below(uint64_t count) { return random_() % count; }
  uint64_t Between(uint64_t least, uint64_t most) { return least + Below(most - least + 1); }
  bool OneIn(uint64_t count) { return Below(count) == 0; }
  std::chrono::microseconds UpTo(std::chrono::microseconds most) {
    return std::chrono::microseconds(Below(static_cast<uint64_t>(most.count()) + 1));
  }

  template <typename List>
  auto& From(List& list) {
    return list[Below(list.size())];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace ipc::simulation
