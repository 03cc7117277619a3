// What all parts of one run share.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "runtime/base/monotonic_time.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/messages.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/plan.h"
#include "tests/simulation/trace.h"

namespace ipc::simulation {

struct Scene {
  Scene(uint64_t seed, std::ostream* trace_out)
      : dice(seed), plan(Plan::Make(dice)), trace(trace_out) {}

  template <typename... Words>
  void Note(const Words&... words) {
    trace.Note(now, words...);
  }

  template <typename... Words>
  void Expect(bool holds, Invariant invariant, const Words&... what) {
    oracle.Expect(holds, invariant, what...);
  }

  void Count(std::string_view event) { ++counts[event]; }

  Dice dice;
  const Plan plan;
  Trace trace;
  Oracle oracle;
  Messages messages;
  MonotonicTime now{std::chrono::hours(1)};
  bool is_calm = false;  // nobody does anything of their own accord, and handlers answer
  std::map<std::string_view, uint64_t> counts;  // how often; the names are literals
};

}  // namespace ipc::simulation
