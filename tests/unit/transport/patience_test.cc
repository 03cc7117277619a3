#include "runtime/transport/grpc/patience.h"

#include <gtest/gtest.h>

namespace ipc::internal {
namespace {

TEST(PatienceTest, NothingIsAwaitedAtFirst) {
  Patience patience;

  EXPECT_FALSE(patience.awaits_large());
  EXPECT_FALSE(patience.is_crowded());
}

TEST(PatienceTest, AMessageIsAwaitedForNoLongerThanAFewMilliseconds) {
  Patience patience;

  const MonotonicTime start = std::chrono::steady_clock::now();
  patience.AwaitLarge(size_t{1} << 40);
  while (patience.awaits_large()) continue;
  const auto waited = std::chrono::steady_clock::now() - start;

  EXPECT_GE(waited, std::chrono::milliseconds(4));
}

TEST(PatienceTest, WhatEndedIsAwaitedAnewWithTheNextMessage) {
  Patience patience;
  patience.AwaitLarge(100'000);
  while (patience.awaits_large()) continue;

  patience.AwaitLarge(size_t{1} << 40);

  EXPECT_TRUE(patience.awaits_large());
}

}  // namespace
}  // namespace ipc::internal
