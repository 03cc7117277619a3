// What a seed decides before anything happens: how tight the limits are, and how rough life is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "runtime/base/monotonic_time.h"
#include "runtime/wire/limits.h"
#include "tests/simulation/dice.h"

namespace ipc::simulation {

struct Plan {
  static Plan Make(Dice& dice);

  Limits limits;  // so small that they are reached
  uint64_t renderers = 2;
  std::optional<milliseconds> answer_timeout;  // main's, for callers without a deadline
  std::chrono::microseconds latency{0};        // the most that a frame takes
  milliseconds longest_deadline{0};
  size_t largest_message = 0;

  // Once in so many turns.
  uint64_t fault_in = 0;       // a link dies, stalls or is handed nonsense
  uint64_t farewell_in = 0;    // Close(), Leave() or destruction, of all that a user does
  uint64_t reentrance_in = 0;  // an upcall does something itself
};

}  // namespace ipc::simulation
