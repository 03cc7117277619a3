// Blocks that are used again, and that nobody loses.
#include "runtime/base/recycler.h"

#include <cstring>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(RecyclerTest, BlocksOfAllSizesAreApart) {
  std::vector<std::pair<void*, size_t>> blocks;
  for (int round = 0; round < 3; ++round) {
    for (size_t size : {size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{511}, size_t{512},
                        size_t{513}, size_t{5000}}) {
      void* const block = TakeBlock(size);
      std::memset(block, static_cast<int>(blocks.size()), size);
      blocks.emplace_back(block, size);
    }
  }

  for (size_t i = 0; i < blocks.size(); ++i) {
    const auto* bytes = static_cast<const unsigned char*>(blocks[i].first);
    EXPECT_EQ(bytes[0], i);
    EXPECT_EQ(bytes[blocks[i].second - 1], i);
  }
  for (auto [block, size] : blocks) GiveBlock(block, size);
}

TEST(RecyclerTest, MoreBlocksThanAreKeptComeAndGo) {
  std::vector<std::shared_ptr<int>> objects;
  for (int i = 0; i < 5000; ++i) objects.push_back(MakeRecycled<int>(i));

  EXPECT_EQ(*objects.back(), 4999);
  objects.clear();
  EXPECT_EQ(*MakeRecycled<int>(7), 7);
}

TEST(RecyclerTest, ABlockMayBeGivenBackOnAnotherThread) {
  std::vector<std::shared_ptr<int>> objects;
  for (int i = 0; i < 1000; ++i) objects.push_back(MakeRecycled<int>(i));

  std::thread([&] {
    objects.clear();
    for (int i = 0; i < 1000; ++i) objects.push_back(MakeRecycled<int>(-i));
  }).join();

  EXPECT_EQ(*objects.back(), -999);
}

// What a thread destroys after its kept blocks goes to the heap.
TEST(RecyclerTest, ABlockMayBeGivenBackWhenItsThreadHasEnded) {
  std::weak_ptr<int> seen;
  std::thread([&seen] {
    // Made before the thread's blocks, so gone after them.
    static thread_local std::shared_ptr<int> last = std::make_shared<int>();
    last = MakeRecycled<int>(1);
    seen = last;
  }).join();

  EXPECT_TRUE(seen.expired());
}

}  // namespace
}  // namespace ipc
