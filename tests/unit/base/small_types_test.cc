// The small vocabulary types of runtime/base.
#include <fcntl.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "runtime/base/check.h"
#include "runtime/base/exception.h"
#include "runtime/base/ids.h"
#include "runtime/base/strings.h"
#include "runtime/base/unique_fd.h"

namespace ipc {
namespace {

bool IsOpen(int fd) { return fcntl(fd, F_GETFD) != -1; }

TEST(StrongIdTest, IdsOfOneKindCompareAndHash) {
  const absl::flat_hash_set<CallId> ids = {CallId(1), CallId(2), CallId(1)};

  EXPECT_EQ(ids.size(), 2u);
  EXPECT_LT(CallId(1), CallId(2));
  EXPECT_EQ(CallId(), CallId(0));
}

TEST(StrongIdTest, AnIdPrintsAsItsNumber) {
  std::ostringstream out;

  out << CallId(7);

  EXPECT_EQ(out.str(), "7");
}

TEST(StrongIdTest, IdsOfDifferentKindsDoNotMix) {
  static_assert(!std::is_convertible_v<CallId, FrameId>);
  static_assert(!std::is_convertible_v<int, CallId>);
  static_assert(!std::is_convertible_v<CallId, int>);
}

TEST(UniqueFdTest, TheDescriptorIsClosedWithItsOwner) {
  const int fd = dup(STDERR_FILENO);
  {
    const UniqueFd owner(fd);
    EXPECT_TRUE(owner.is_valid());
  }

  EXPECT_FALSE(IsOpen(fd));
}

TEST(UniqueFdTest, MovingGivesTheDescriptorAway) {
  UniqueFd from(dup(STDERR_FILENO));
  UniqueFd to(dup(STDERR_FILENO));
  const int moved = from.get();
  const int replaced = to.get();

  to = std::move(from);

  EXPECT_EQ(to.get(), moved);
  EXPECT_FALSE(IsOpen(replaced));
  EXPECT_TRUE(IsOpen(moved));
}

TEST(UniqueFdTest, ReleaseLeavesTheDescriptorOpen) {
  UniqueFd owner(dup(STDERR_FILENO));
  const int fd = owner.Release();

  EXPECT_FALSE(owner.is_valid());
  EXPECT_TRUE(IsOpen(fd));
  close(fd);
}

TEST(StringsTest, TheBridgeGoesBothWays) {
  EXPECT_EQ(ToStd(ToAbsl("a\0b")), "a");
  EXPECT_EQ(ToStd(ToAbsl({"a\0b", 3})), std::string_view("a\0b", 3));
}

TEST(ExceptionTest, AnExceptionBecomesAStatusWithItsText) {
  absl::Status status;
  try {
    throw std::runtime_error("some error");
  } catch (...) {
    status = ExceptionToStatus();
  }

  EXPECT_EQ(status, absl::UnknownError("some error"));
}

TEST(ExceptionTest, WhatIsNoStdExceptionBecomesAStatusToo) {
  absl::Status status;
  try {
    throw 42;
  } catch (...) {
    status = ExceptionToStatus();
  }

  EXPECT_EQ(status, absl::UnknownError("an exception that is no std::exception"));
}

TEST(CheckDeathTest, ABrokenContractEndsTheProcessAndSaysWhy) {
  EXPECT_DEATH(IPC_CHECK(1 + 1 == 3, "arithmetic is broken"),
               "small_types_test.cc:.*arithmetic is broken .1 . 1 == 3.");
}

}  // namespace
}  // namespace ipc
