// Many runs of the simulation, each from a seed; or one, to look at.
//
//   simulation_test                               200 seeds of 10,000 events
//   simulation_test --seeds=2000 [--first=N]      more of them; --events=M: longer ones
//   simulation_test --seed=N [--events=M] [--trace]   one, with what happened in it

#include <unistd.h>

#include <array>
#include <charconv>
#include <cinttypes>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "runtime/base/strings.h"
#include "tests/simulation/world.h"

namespace ipc::simulation {
namespace {

struct Settings {
  uint64_t first = 1;
  uint64_t seeds = 200;
  uint64_t events = 10'000;
  bool wants_one = false;
  bool wants_trace = false;
};

Settings settings;

// What went wrong, and how to see it again.
std::string Describe(uint64_t seed, const Violation& violation) {
  return absl::StrCat("seed ", seed, ": ", ToAbsl(NameOf(violation.invariant)), ": ",
                      violation.what, "\n    again: simulation_test --seed=", seed,
                      " --events=", settings.events, " --trace");
}

void Print(const std::map<std::string_view, uint64_t>& counts) {
  for (const auto& [event, count] : counts) std::cout << count << "  " << event << '\n';
}

// A run may end the process: what to say then is written before.
std::array<char, 200> last_words;

void SayLastWords(int signal) {
  // Nothing but system calls: the heap may be what is broken.
  [[maybe_unused]] ssize_t said =
      write(STDERR_FILENO, last_words.data(), strlen(last_words.data()));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

RunResult RunSeed(uint64_t seed) {
  snprintf(last_words.data(), last_words.size(),
           "\nseed %" PRIu64 " ended the process\n    again: simulation_test --seed=%" PRIu64
           " --events=%" PRIu64 " --trace\n",
           seed, seed, settings.events);
  for (int signal : {SIGABRT, SIGSEGV}) std::signal(signal, SayLastWords);
  return RunSimulation({.seed = seed, .events = settings.events});
}

TEST(Simulation, ARunIsRepeatedByItsSeed) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const uint64_t first = RunSimulation({.seed = seed, .events = 2'000}).trace_hash;

    EXPECT_EQ(RunSimulation({.seed = seed, .events = 2'000}).trace_hash, first) << "seed " << seed;
  }
}

TEST(Simulation, OtherSeedsAreOtherRuns) {
  EXPECT_NE(RunSimulation({.seed = 1, .events = 500}).trace_hash,
            RunSimulation({.seed = 2, .events = 500}).trace_hash);
}

// What has to happen somewhere, or the runs show nothing.
constexpr std::string_view kExpected[] = {
    "act inside an upcall",
    "answer refused: queue full",
    "answered elsewhere",
    "call refused by the peer: too many",
    "call refused: too many",
    "cancelled",
    "closed",
    "closed for a reason",
    "destroyed inside an upcall",
    "died",
    "end: answer too large",
    "end: answered",
    "end: by this side",
    "end: deadline",
    "end: frame gone",
    "end: handler failed",
    "end: never answered",
    "end: no room for the answer",
    "end: peer gone",
    "end: protocol broken",
    "end: the peer's deadline",
    "end: too many calls",
    "end: too much meanwhile",
    "error cut short",
    "forged",
    "left",
    "frame lost",
    "message refused: no pipe yet",
    "message refused: queue full",
    "pong",
    "stalled",
    "stop heard",
    "sync",
};

TEST(Simulation, EverythingHoldsAfterEveryStep) {
  std::map<std::string_view, uint64_t> counts;
  for (uint64_t seed = settings.first; seed < settings.first + settings.seeds; ++seed) {
    const RunResult result = RunSeed(seed);
    ASSERT_FALSE(result.violation) << Describe(seed, *result.violation);
    for (const auto& [event, count] : result.counts) counts[event] += count;
  }

  Print(counts);
  if (settings.seeds < 100) return;  // rare things need many
  for (std::string_view event : kExpected) EXPECT_GT(counts[event], 0u) << event;
}

}  // namespace

int RunOne() {
  const RunResult result = RunSimulation({.seed = settings.first,
                                          .events = settings.events,
                                          .trace = settings.wants_trace ? &std::cout : nullptr});
  Print(result.counts);
  std::cout << "trace hash " << result.trace_hash << '\n';
  if (!result.violation) return 0;
  std::cout << Describe(settings.first, *result.violation) << std::endl;
  return 1;
}

// False: an argument that is not ours.
bool Read(std::string_view argument) {
  auto number = [argument](std::string_view name, uint64_t& value) {
    if (!argument.starts_with(name)) return false;
    const std::string_view digits = argument.substr(name.size());
    return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc();
  };
  if (number("--seed=", settings.first)) return settings.wants_one = true;
  if (argument == "--trace") return settings.wants_trace = true;
  return number("--seeds=", settings.seeds) || number("--first=", settings.first) ||
         number("--events=", settings.events);
}

}  // namespace ipc::simulation

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (ipc::simulation::Read(argv[i])) continue;
    std::cerr << "what is " << argv[i] << "?\n";
    return 2;
  }
  return ipc::simulation::settings.wants_one ? ipc::simulation::RunOne() : RUN_ALL_TESTS();
}
