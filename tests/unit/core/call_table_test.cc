// The calls of one direction by id: found whatever else came and went.
#include "runtime/core/call_table.h"

#include <map>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::Optional;

TEST(CallTableTest, ACallIsFoundUntilItIsTaken) {
  CallTable<int> calls;
  calls.Add(CallId(1), 10);
  calls.Add(CallId(2), 20);

  EXPECT_THAT(calls.Take(CallId(1)), Optional(10));

  EXPECT_EQ(calls.Find(CallId(1)), nullptr);
  EXPECT_EQ(calls.Take(CallId(1)), std::nullopt);
  ASSERT_NE(calls.Find(CallId(2)), nullptr);
  EXPECT_EQ(*calls.Find(CallId(2)), 20);
  EXPECT_EQ(calls.size(), 1u);
}

TEST(CallTableTest, CallsThatShareAPlaceAreAllFoundWhicheverGoesFirst) {
  for (uint64_t first = 0; first < 3; ++first) {
    CallTable<uint64_t> calls;
    for (uint64_t i = 0; i < 3; ++i) calls.Add(CallId(5 + 1024 * i), uint64_t{i});

    calls.Take(CallId(5 + 1024 * first));

    for (uint64_t i = 0; i < 3; ++i) {
      const uint64_t* call = calls.Find(CallId(5 + 1024 * i));
      if (i == first) {
        EXPECT_EQ(call, nullptr);
      } else {
        EXPECT_EQ(*call, i);
      }
    }
  }
}

TEST(CallTableTest, IdsComeInTheOrderOfTheCalls) {
  CallTable<int> calls;
  for (uint64_t id : {70u, 3u, 1000u}) calls.Add(CallId(id), 0);

  EXPECT_THAT(calls.ids(), ElementsAre(CallId(3), CallId(70), CallId(1000)));
}

TEST(CallTableTest, ItHoldsWhatAMapHolds) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 dice(seed);
    CallTable<uint64_t> calls;
    std::map<CallId, uint64_t> expected;
    for (uint64_t step = 0; step < 3000; ++step) {
      // Few distinct places, so that calls are often in each other's way.
      const CallId id(1 + dice() % 8 + 4096 * (dice() % 16));
      if (expected.contains(id)) {
        EXPECT_THAT(calls.Take(id), Optional(expected.at(id)));
        expected.erase(id);
      } else {
        EXPECT_EQ(calls.Find(id), nullptr);
        calls.Add(id, uint64_t{step});
        expected.emplace(id, step);
      }
      ASSERT_EQ(calls.size(), expected.size());
      for (const auto& [each, value] : expected) ASSERT_EQ(*calls.Find(each), value);
    }
  }
}

}  // namespace
}  // namespace ipc
