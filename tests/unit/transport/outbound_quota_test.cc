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

TEST(OutboundQuotaTest, EachLaneHasRoomOfItsOwn) {
  Limits limits = Bounds(100, 1);
  limits.answer_bytes = 200;
  limits.answer_frames = 2;
  limits.relayed_bytes = 50;
  limits.relayed_frames = 2;
  OutboundQuota quota(limits);

  EXPECT_TRUE(quota.TryCharge(Lane::kMessages, 100));
  EXPECT_FALSE(quota.TryCharge(Lane::kMessages, 1));
  EXPECT_TRUE(quota.TryCharge(Lane::kAnswers, 199));
  EXPECT_TRUE(quota.TryCharge(Lane::kAnswers, 1));
  EXPECT_FALSE(quota.TryCharge(Lane::kAnswers, 1));
  EXPECT_TRUE(quota.TryCharge(Lane::kSignals, 100));
  EXPECT_TRUE(quota.TryCharge(Lane::kSignals, 100));
  EXPECT_FALSE(quota.TryCharge(Lane::kSignals, 1));
  EXPECT_TRUE(quota.TryCharge(Lane::kRelayed, 1));
  EXPECT_FALSE(quota.TryCharge(Lane::kRelayed, 50));
  EXPECT_TRUE(quota.TryCharge(Lane::kRelayed, 49));
  EXPECT_FALSE(quota.TryCharge(Lane::kRelayed, 0));
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
  Limits limits;
  limits.answer_bytes = 100;
  OutboundQuota quota(limits);
  ASSERT_TRUE(quota.TryCharge(Lane::kAnswers, 100));
  ASSERT_FALSE(quota.TryCharge(Lane::kAnswers, 1));

  EXPECT_FALSE(quota.Release(One(100, Lane::kAnswers)));
}

Lane LaneOf(FrameKind kind, size_t frame_bytes) {
  FrameHeader header;
  header.kind = kind;
  return OutboundQuota::LaneOf(header, frame_bytes);
}

TEST(OutboundQuotaTest, WhatSettlesACallIsNoMessage) {
  for (FrameKind kind :
       {FrameKind::kReply, FrameKind::kCancel, FrameKind::kPing, FrameKind::kPong,
        FrameKind::kCredit, FrameKind::kPortOpen, FrameKind::kPortStart, FrameKind::kPortClose}) {
    EXPECT_EQ(LaneOf(kind, OutboundQuota::kSignalBytes), Lane::kSignals);
  }
  EXPECT_EQ(LaneOf(FrameKind::kReply, OutboundQuota::kSignalBytes + 1), Lane::kAnswers);
  for (FrameKind kind :
       {FrameKind::kSend, FrameKind::kInvoke, FrameKind::kSync, FrameKind::kPort}) {
    EXPECT_EQ(LaneOf(kind, 1), Lane::kMessages);
  }
}

TEST(OutboundQuotaTest, WhatIsPassedOnIsNoMessageOfOurs) {
  for (FrameKind kind : {FrameKind::kSend, FrameKind::kSendToHost}) {
    FrameHeader header;
    header.kind = kind;
    EXPECT_EQ(OutboundQuota::LaneOf(header, 1), Lane::kMessages);

    header.sender_id = WebContentsId(3);
    EXPECT_EQ(OutboundQuota::LaneOf(header, 1), Lane::kRelayed);
  }
}

}  // namespace
}  // namespace ipc
