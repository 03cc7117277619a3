// build/soak: the kill soak, round after round, for as long as it is told.
//
//   soak ROUNDS CALLS
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "tests/processes/kill_soak.h"

namespace {

using ipc::testing::KillSoakResult;
using ipc::testing::kResidentSlackKib;

bool IsGood(const KillSoakResult& result) {
  return result.has_finished && result.survivor_answers == result.survivor_calls &&
         result.victim_calls_ended == result.victim_calls_begun &&
         result.descriptors_after == result.descriptors_before &&
         result.resident_kib_after < result.resident_kib_before + kResidentSlackKib;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kRenderer = "--renderer=";
  if (argc != 3) {
    std::cerr << "usage: soak ROUNDS CALLS\n";
    return EXIT_FAILURE;
  }
  if (std::string_view(argv[1]).starts_with(kRenderer)) {
    return ipc::testing::RunKillSoakRenderer(argv[1] + kRenderer.size(), std::atoi(argv[2]));
  }

  const int rounds = std::atoi(argv[1]);
  const int calls = std::atoi(argv[2]);
  int bad = 0;
  for (int round = 1; round <= rounds; ++round) {
    KillSoakResult result = ipc::testing::RunKillSoak({.survivor_calls = calls,
                                                       .timeout = std::chrono::seconds(600),
                                                       .program = "/proc/self/exe"});
    bool is_good = IsGood(result);
    bad += is_good ? 0 : 1;
    std::cout << "round " << round << (is_good ? " ok\n" : " FAILED\n")
              << ipc::testing::Describe(result) << std::endl;
  }
  std::cout << rounds - bad << " passed, " << bad << " failed" << std::endl;
  return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
