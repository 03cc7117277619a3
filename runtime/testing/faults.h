// What goes wrong between main and the renderers of an App, by chance. A seed says all of it: the
// same test with the same seed goes wrong in the same places.
//
//   app.InjectFaults(seed, {.delay = 0.2, .kill = 0.01});
//
// Whatever happens, order is kept on each way, and every call ends.
//
// Threads     That of the test.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "absl/types/span.h"
#include "runtime/base/monotonic_time.h"

namespace ipc::testing {

// How likely each fault is, from 0 to 1, for every frame that travels: every message, answer, ping.
// At most one of them happens to a frame; together they are no more than 1.
struct Faults {
  double delay = 0;  // it comes late, and all behind it on its way
  milliseconds longest_delay{100};
  double drop = 0;       // the connection is lost
  double kill = 0;       // the renderer is killed
  double malformed = 0;  // the renderer says what breaks the protocol, as a hostile one would
};

// Decides, frame by frame.
class FaultDice {
 public:
  enum class Fault { kNone, kDelay, kDrop, kKill, kMalformed };

  // Nothing goes wrong before this.
  void Load(uint64_t seed, const Faults& faults);

  Fault Roll();
  std::chrono::nanoseconds Delay();
  // What no reader takes for a batch of frames, or main from a renderer. `frame` is what an honest
  // one says.
  std::vector<uint8_t> Malformed(absl::Span<const uint8_t> frame);

 private:
  uint64_t Below(uint64_t count) { return random_() % count; }

  std::mt19937_64 random_;
  Faults faults_;
};

}  // namespace ipc::testing
