#include "runtime/transport/outbound_quota.h"

#include <gtest/gtest.h>

namespace ipc {
namespace {

using Lane = OutboundQuota::Lane;
using Load = OutboundQuota::Load;

Limits Bounds(size_t bytes, size_t frames) {
  Limits limits;
  limits.outbound_bytes = bytes;
  limits.outbound_frames = frames;
  return limits;
}

Load One(size_t bytes, Lane lane = Lane::kMessages) {
  Load load;
  load.Add(lane, bytes);
  return load;
}

TEST(OutboundQuotaTest, BytesFitUpToTheLimit) {
  for (size_t second : {39, 40, 41}) {
    OutboundQuota quota(Bounds(100, 10));
    ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 60));

    EXPECT_EQ(quota.TryCharge(Lane::kMessages, second), second <= 40) << second;
  }
}

TEST(OutboundQuotaTest, FramesFitUpToTheLimit) {
  OutboundQuota quota(Bounds(100, 3));

  EXPECT_TRUE(quota.TryCharge(Lane::kMessages, 1));
  EXPECT_TRUE(quota.TryCharge(Lane::kMessages, 1));
  EXPECT_TRUE(quota.TryCharge(Lane::kMessages, 1));
  EXPECT_FALSE(quota.TryCharge(Lane::kMessages, 1));
}

TEST(OutboundQuotaTest, AnEmptyLaneTakesAnyOneFrame) {
  OutboundQuota quota(Bounds(100, 3));

  EXPECT_TRUE(quota.TryCharge(Lane::kMessages, 1'000'000));
  EXPECT_FALSE(quota.TryCharge(Lane::kMessages, 0));
}

TEST(OutboundQuotaTest, AnswersHaveRoomOfTheirOwn) {
  OutboundQuota quota(Bounds(100, 1));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 100));

  EXPECT_TRUE(quota.TryCharge(Lane::kAnswers, 100));
  EXPECT_FALSE(quota.TryCharge(Lane::kAnswers, 1));
}

TEST(OutboundQuotaTest, ARefusedSenderHearsOfRoomAtHalf) {
  for (size_t left : {49, 50, 51}) {
    OutboundQuota quota(Bounds(100, 10));
    ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 100 - left));
    ASSERT_TRUE(quota.TryCharge(Lane::kMessages, left));
    ASSERT_FALSE(quota.TryCharge(Lane::kMessages, 1));

    EXPECT_EQ(quota.Release(One(100 - left)), left <= 50) << left;
  }
}

TEST(OutboundQuotaTest, ASenderHearsOfRoomOnlyWhenItWasRefused) {
  OutboundQuota quota(Bounds(100, 10));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 100));

  EXPECT_FALSE(quota.Release(One(100)));
}

TEST(OutboundQuotaTest, ASenderHearsOfRoomOnce) {
  OutboundQuota quota(Bounds(100, 10));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 10));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 90));
  ASSERT_FALSE(quota.TryCharge(Lane::kMessages, 1));

  EXPECT_TRUE(quota.Release(One(90)));
  EXPECT_FALSE(quota.Release(One(10)));
}

TEST(OutboundQuotaTest, ASenderHearsOfRoomWhenItsLargeMessageFits) {
  OutboundQuota quota(Bounds(100, 10));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 20));
  ASSERT_TRUE(quota.TryCharge(Lane::kMessages, 20));
  ASSERT_FALSE(quota.TryCharge(Lane::kMessages, 90));

  EXPECT_FALSE(quota.Release(One(20)));
  EXPECT_TRUE(quota.Release(One(20)));
}

TEST(OutboundQuotaTest, AnswersNeverOweARoomNotice) {
  OutboundQuota quota(Bounds(100, 1));
  ASSERT_TRUE(quota.TryCharge(Lane::kAnswers, 100));
  ASSERT_FALSE(quota.TryCharge(Lane::kAnswers, 1));

  EXPECT_FALSE(quota.Release(One(100, Lane::kAnswers)));
}

TEST(OutboundQuotaTest, WhatSettlesACallIsAnAnswer) {
  for (FrameKind kind : {FrameKind::kReply, FrameKind::kCancel, FrameKind::kPong}) {
    EXPECT_EQ(OutboundQuota::LaneOf(kind), Lane::kAnswers);
  }
  for (FrameKind kind : {FrameKind::kSend, FrameKind::kInvoke, FrameKind::kSync}) {
    EXPECT_EQ(OutboundQuota::LaneOf(kind), Lane::kMessages);
  }
}

}  // namespace
}  // namespace ipc
