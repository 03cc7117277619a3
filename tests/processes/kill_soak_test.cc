// The short soak of build/test; build/soak runs the same for longer.
#include <cstdlib>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "tests/processes/kill_soak.h"

namespace ipc::testing {
namespace {

// A sanitizer's allocator keeps what was freed: there, its own report of leaks counts instead.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IPC_TEST_ALLOCATOR_KEEPS_FREED_MEMORY 1
#endif
#endif

TEST(KillSoak, EveryCallEndsWhileTheOtherRendererIsKilledAndRelaunched) {
  KillSoakResult result = RunKillSoak({.program = "/proc/self/exe"});

  SCOPED_TRACE(Describe(result));
  EXPECT_TRUE(result.has_finished);
  EXPECT_GE(result.survivor_calls, 10'000);
  EXPECT_EQ(result.survivor_answers, result.survivor_calls);
  EXPECT_EQ(result.survivor_failures, 0);
  EXPECT_GE(result.victims, 30);
  EXPECT_GT(result.victim_calls_begun, 0);
  EXPECT_EQ(result.victim_calls_ended, result.victim_calls_begun);
  EXPECT_EQ(result.descriptors_after, result.descriptors_before);
#ifndef IPC_TEST_ALLOCATOR_KEEPS_FREED_MEMORY
  EXPECT_LT(result.resident_kib_after, result.resident_kib_before + kResidentSlackKib);
#endif
}

}  // namespace
}  // namespace ipc::testing

int main(int argc, char** argv) {
  constexpr std::string_view kRenderer = "--renderer=";
  if (argc == 3 && std::string_view(argv[1]).starts_with(kRenderer)) {
    return ipc::testing::RunKillSoakRenderer(argv[1] + kRenderer.size(), std::atoi(argv[2]));
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
