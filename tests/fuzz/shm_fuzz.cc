// A peer that owns its side of the shared memory, and changes any of it at any moment: its pipe may
// end, with a reason, and nothing else may happen. Memory errors are the sanitizers' to find.
//
//   shm_fuzz [--seconds=N] [--seed=S]
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "tests/fuzz/hostile_region.h"
#include "tests/fuzz/victim.h"

namespace ipc::fuzz {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{20};
constexpr int kActsPerRound = 300;
constexpr uint64_t kLeastRounds = 50;

double seconds = 2;
uint64_t seed = std::random_device{}();

TEST(ShmFuzz, AHostilePeerEndsItsPipeAndNothingElse) {
  std::cout << "seed " << seed << std::endl;
  std::mt19937_64 dice(seed);
  Victim victim;
  std::map<std::string, uint64_t> ends;
  uint64_t rounds = 0;

  const auto until = steady_clock::now() + std::chrono::duration<double>(seconds);
  for (; rounds < kLeastRounds || steady_clock::now() < until; ++rounds) {
    Victim::Peer peer = victim.Connect();
    HostileRegion region(peer, dice);
    const uint64_t decent = dice() % 20;  // of the first acts, so that there is something to spoil
    for (uint64_t i = 0; i < kActsPerRound && victim.end().empty(); ++i) {
      const bool is_decent = i < decent || dice() % 8 != 0;
      is_decent ? region.ActDecently() : region.ActMaliciously();
    }
    ++ends[victim.end()];
    ASSERT_TRUE(victim.Disconnect(kPatience)) << "the victim's loop does not come around";
  }

  std::cout << rounds << " rounds, " << victim.frames() << " frames\n";
  for (const auto& [end, count] : ends) {
    if (count > rounds / 1000) std::cout << count << " x " << (end.empty() ? "alive" : end) << "\n";
  }
  EXPECT_GT(victim.frames(), 0u);
  EXPECT_GT(ends.size(), 3u);
}

}  // namespace
}  // namespace ipc::fuzz

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    const bool is_read = absl::ConsumePrefix(&argument, "--seconds=")
                             ? absl::SimpleAtod(argument, &ipc::fuzz::seconds)
                             : absl::ConsumePrefix(&argument, "--seed=") &&
                                   absl::SimpleAtoi(argument, &ipc::fuzz::seed);
    if (!is_read) {
      std::cerr << "shm_fuzz [--seconds=N] [--seed=S]\n";
      return EXIT_FAILURE;
    }
  }
  return RUN_ALL_TESTS();
}
