// Large blocks that are used again, and no more of them than may be kept.
#include "runtime/base/large_blocks.h"

#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/base/sanitizer.h"

namespace ipc {
namespace {

constexpr size_t kMebibyte = 1 << 20;

// Each test has a thread, and so a store, of its own.
template <typename F>
void OnNewThread(F body) {
  std::thread(body).join();
}

TEST(LargeBlocksTest, WhatWasGivenBackIsTheNextOne) {
  if (kHasSanitizer) GTEST_SKIP() << "a sanitizer has to see who uses what is gone";
  OnNewThread([] {
    LargeBlock first = TakeLargeBlock(kMebibyte);
    const uint8_t* const bytes = first.bytes.get();

    GiveLargeBlock(std::move(first));

    EXPECT_EQ(TakeLargeBlock(kMebibyte - 1000).bytes.get(), bytes);
  });
}

TEST(LargeBlocksTest, BlocksInUseAreApartAndLargeEnough) {
  OnNewThread([] {
    std::vector<LargeBlock> blocks;
    for (int round = 0; round < 3; ++round) {
      for (const size_t size : {kLeastLargeBlock, kMebibyte, 2 * kMebibyte + 1, 5 * kMebibyte}) {
        blocks.push_back(TakeLargeBlock(size));
        ASSERT_GE(blocks.back().size, size);
        std::memset(blocks.back().bytes.get(), static_cast<int>(blocks.size()), size);
      }
      if (round == 0) blocks.erase(blocks.begin() + 1);
    }

    for (size_t i = 0; i < blocks.size(); ++i) {
      for (size_t j = 0; j < i; ++j) EXPECT_NE(blocks[i].bytes, blocks[j].bytes);
    }
    for (LargeBlock& block : blocks) GiveLargeBlock(std::move(block));
  });
}

TEST(LargeBlocksTest, ASmallMessageDoesNotTakeAVeryLargeBlock) {
  OnNewThread([] {
    GiveLargeBlock(TakeLargeBlock(3 * kMebibyte));

    EXPECT_LE(TakeLargeBlock(kLeastLargeBlock).size, 4 * kLeastLargeBlock);
  });
}

TEST(LargeBlocksTest, NoMoreBytesAreKeptThanMayBe) {
  if (kHasSanitizer) GTEST_SKIP() << "a sanitizer has to see who uses what is gone";
  OnNewThread([] {
    std::vector<LargeBlock> blocks;
    for (int i = 0; i < 2; ++i) blocks.push_back(TakeLargeBlock(kMostKeptBytes / 2 + 1));
    const size_t one = blocks[0].size;

    for (LargeBlock& block : blocks) GiveLargeBlock(std::move(block));

    EXPECT_EQ(KeptLargeBytes(), one);
  });
}

}  // namespace
}  // namespace ipc
