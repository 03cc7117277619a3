// Who is told that nobody waits any more, and when.
#include "runtime/async/cancel_slot.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(CancelSlotTest, WhatWasSetIsToldOnce) {
  CancelSlot slot;
  int told = 0;
  slot.Set([&] { ++told; });

  slot.Tell();
  slot.Tell();

  EXPECT_EQ(told, 1);
  EXPECT_TRUE(slot.is_told());
}

TEST(CancelSlotTest, WhatIsSetTooLateIsToldAtOnce) {
  CancelSlot slot;
  slot.Tell();
  int told = 0;

  slot.Set([&] { ++told; });

  EXPECT_EQ(told, 1);
}

TEST(CancelSlotTest, TheLastThatWasSetCounts) {
  CancelSlot slot;
  std::vector<int> told;
  slot.Set([&] { told.push_back(1); });
  slot.Set([&] { told.push_back(2); });

  slot.Tell();

  EXPECT_EQ(told, std::vector<int>{2});
}

TEST(CancelSlotTest, NothingIsToldAfterItsClose) {
  CancelSlot slot;
  int told = 0;
  slot.Set([&] { ++told; });
  const CancelSlot::Unused unused = slot.Close();

  slot.Tell();
  slot.Set([&] { ++told; });

  EXPECT_EQ(told, 0);
  EXPECT_FALSE(slot.is_told());
}

TEST(CancelSlotTest, WhatIsNeverToldIsDestroyedWithIt) {
  auto held = std::make_shared<int>();
  const std::weak_ptr<int> weak = held;
  {
    CancelSlot slot;
    slot.Set([held = std::move(held)] {});
  }

  EXPECT_TRUE(weak.expired());
}

// Whoever comes first, exactly one of the two runs it, unless the slot is closed before.
TEST(CancelSlotTest, ThreadsThatSetAndTellAtOnceTellOnce) {
  for (int i = 0; i < 2000; ++i) {
    CancelSlot slot;
    std::atomic<int> told = 0;
    std::atomic<bool> may_go = false;
    std::thread teller([&] {
      while (!may_go) {
      }
      slot.Tell();
    });

    may_go = true;
    slot.Set([&] { ++told; });
    teller.join();

    ASSERT_EQ(told, 1);
  }
}

}  // namespace
}  // namespace ipc
