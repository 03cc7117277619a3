// The short rounds of build/test; build/soak runs the same for longer.
#include <iostream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/processes/ending_rounds.h"
#include "tests/processes/idle_main.h"
#include "tests/processes/renderer_roles.h"

namespace ipc::testing {
namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

TEST(ProcessEnds, EveryEndIsNoticedInTimeAndLeavesNothing) {
  const EndingRoundsResult result = RunEndingRounds({.rounds = 5});

  std::cout << Describe(result) << "\n";
  EXPECT_THAT(result.failures, IsEmpty());
  EXPECT_THAT(result.endings, SizeIs(7));
  for (const EndingResult& ending : result.endings) {
    EXPECT_THAT(ending.noticed_after, SizeIs(5)) << ending.name;
    EXPECT_THAT(ending.noticed_after, Each(Le(ending.limit))) << ending.name;
  }
}

}  // namespace
}  // namespace ipc::testing

int main(int argc, char** argv) {
  if (auto exit_code = ipc::testing::RunAsRenderer(argc, argv)) return *exit_code;
  ::testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
