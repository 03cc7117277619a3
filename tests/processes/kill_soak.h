// One renderer calls main without pause while another is killed and launched again.
//
// What it shows: every call of the survivor is answered, every call of the victims ends, and main
// holds in the end what it held in the beginning.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace ipc::testing {

struct KillSoakOptions {
  int survivor_calls = 10'000;  // at least
  int least_victims = 30;
  std::chrono::milliseconds kill_interval{50};
  std::chrono::seconds timeout{120};
  std::string program = {};  // that answers --renderer=NAME with RunKillSoakRenderer(NAME)
};

struct KillSoakResult {
  bool has_finished = false;  // before the timeout
  int survivor_calls = 0;
  int survivor_answers = 0;
  int survivor_failures = 0;
  int victims = 0;
  // Calls of victims that main's handler took on, and those it was told the end of.
  int victim_calls_begun = 0;
  int victim_calls_ended = 0;
  // Before the survivor, when the first victims have come and gone; and after everybody has.
  size_t descriptors_before = 0;
  size_t descriptors_after = 0;
  size_t resident_kib_before = 0;
  size_t resident_kib_after = 0;
};

// What the allocators of two libraries may keep after thirty processes have come and gone.
inline constexpr size_t kResidentSlackKib = 4 * 1024;

KillSoakResult RunKillSoak(const KillSoakOptions& options);

// The renderers' half: "survivor" or "victim".
int RunKillSoakRenderer(const std::string& name, int survivor_calls);

std::string Describe(const KillSoakResult& result);

}  // namespace ipc::testing
