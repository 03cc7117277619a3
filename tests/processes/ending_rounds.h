// Renderers that come to an end, or to a stop, in every way there is, round after round; and how
// long main takes to notice.
//
// What it shows: each is noticed, with its reason, and main holds afterwards what it held before.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace ipc::testing {

struct EndingRoundsOptions {
  int rounds = 5;
  std::chrono::milliseconds ping_interval{20};
  std::chrono::milliseconds unresponsive_after{200};
};

// One way to end, or to stop.
struct EndingResult {
  std::string name;
  std::vector<std::chrono::microseconds> noticed_after;  // one a round
  std::chrono::microseconds limit{0};                    // of each
};

struct EndingRoundsResult {
  std::vector<EndingResult> endings;
  std::vector<std::string> failures;  // what was not as it should be, and in which round
};

// Makes this process the one that orphans of its renderers come to.
EndingRoundsResult RunEndingRounds(const EndingRoundsOptions& options);

// A line for each ending: least, median and most; then the failures.
std::string Describe(const EndingRoundsResult& result);

}  // namespace ipc::testing
