// The clock of all measurements: CLOCK_MONOTONIC, which is one for all processes of a machine.
#pragma once

#include <time.h>

#include <cstdint>

namespace bench {

inline int64_t NowNs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t{1'000'000'000} + now.tv_nsec;
}

}  // namespace bench
