// build/soak: what build/test shows in short, for as long as it is told.
//
//   soak calls ROUNDS CALLS    one renderer calls while others are killed
//   soak endings ROUNDS        renderers end, or stop, in every way there is
//   soak idle SECONDS          what an idle main with sixteen renderers costs
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "tests/processes/ending_rounds.h"
#include "tests/processes/idle_main.h"
#include "tests/processes/kill_soak.h"
#include "tests/processes/renderer_roles.h"

namespace {

using ipc::testing::KillSoakResult;
using ipc::testing::kResidentSlackKib;

bool IsGood(const KillSoakResult& result) {
  return result.has_finished && result.survivor_answers == result.survivor_calls &&
         result.victim_calls_ended == result.victim_calls_begun &&
         result.descriptors_after == result.descriptors_before &&
         result.resident_kib_after < result.resident_kib_before + kResidentSlackKib;
}

int Sum(int passed, int failed) {
  std::cout << passed << " passed, " << failed << " failed" << std::endl;
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int SoakCalls(int rounds, int calls) {
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
  return Sum(rounds - bad, bad);
}

int SoakEndings(int rounds) {
  const auto result = ipc::testing::RunEndingRounds({.rounds = rounds});
  std::cout << ipc::testing::Describe(result) << std::endl;
  const int all = rounds * static_cast<int>(result.endings.size());
  const int failed = static_cast<int>(result.failures.size());
  return Sum(all - failed, failed);
}

int MeasureIdleMain(int seconds) {
  constexpr int kRenderers = 16;
  constexpr double kLimit = 0.005;
  const double share = ipc::testing::ShareOfAnIdleMain(kRenderers, std::chrono::seconds(seconds));
  std::cout << "main with " << kRenderers << " idle renderers: " << share * 100
            << " % of a processor over " << seconds << " s, the limit is " << kLimit * 100 << " %"
            << std::endl;
  return share < kLimit ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr std::string_view kRenderer = "--renderer=";
  if (auto exit_code = ipc::testing::RunAsRenderer(argc, argv)) return *exit_code;
  if (argc == 3 && std::string_view(argv[1]).starts_with(kRenderer)) {
    return ipc::testing::RunKillSoakRenderer(argv[1] + kRenderer.size(), std::atoi(argv[2]));
  }

  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "calls" && argc == 4) return SoakCalls(std::atoi(argv[2]), std::atoi(argv[3]));
  if (what == "endings" && argc == 3) return SoakEndings(std::atoi(argv[2]));
  if (what == "idle" && argc == 3) return MeasureIdleMain(std::atoi(argv[2]));
  std::cerr << "usage: soak calls ROUNDS CALLS | soak endings ROUNDS | soak idle SECONDS\n";
  return EXIT_FAILURE;
}
