#include "runtime/transport/grpc/slice.h"

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <thread>

#include "runtime/base/large_blocks.h"
#include "runtime/base/sanitizer.h"

namespace ipc::internal {
namespace {

constexpr size_t kMebibyte = 1 << 20;

// Each test has a thread, and so a store of large blocks, of its own.
template <typename F>
void OnNewThread(F body) {
  std::thread(body).join();
}

TEST(SliceTest, TheMemoryOfALargeOneIsKeptOnceNobodyUsesItAnyMore) {
  if (kHasSanitizer) GTEST_SKIP() << "a sanitizer has to see who uses what is gone";
  OnNewThread([] {
    auto slice = std::make_unique<Slice>(kMebibyte);
    const grpc_slice used_by_grpc = grpc_slice_ref(*slice->get());

    slice.reset();
    EXPECT_EQ(KeptLargeBytes(), 0);
    grpc_slice_unref(used_by_grpc);

    EXPECT_EQ(KeptLargeBytes(), kMebibyte);
  });
}

TEST(SliceTest, AThreadThatMakesNoneKeepsNoMemory) {
  auto slice = std::make_unique<Slice>(kMebibyte);

  OnNewThread([&] {
    slice.reset();

    EXPECT_EQ(KeptLargeBytes(), 0);
  });
}

TEST(SliceTest, WhatBatchesArePackedIntoTakesNoPlaceOfALargeOne) {
  OnNewThread([] {
    { Slice slice(kBatchBytes); }

    EXPECT_EQ(KeptLargeBytes(), 0);
  });
}

TEST(SliceTest, AShortenedOneOfAnySizeHoldsItsFirstBytes) {
  for (const size_t size : {size_t{8}, kBatchBytes, kBatchBytes + 1, kMebibyte}) {
    Slice slice(size);
    std::memset(slice.data(), 'x', size);

    slice.Shorten(size / 2);

    EXPECT_EQ(slice.size(), size / 2);
    EXPECT_EQ(slice.data()[size / 2 - 1], 'x');
  }
}

}  // namespace
}  // namespace ipc::internal
