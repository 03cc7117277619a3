// What a Pipe promises about frames, callbacks and its end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/transport/pipe_test.h"

namespace ipc::testing {
namespace {

using ::testing::ElementsAre;

INSTANTIATE_TEST_SUITE_P(Every, PipeTest, ::testing::ValuesIn(AllTransports()), NameOf);

TEST_P(PipeTest, FramesArriveInTheOrderTheyWereSent) {
  ConnectAndStart();

  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(left().Send(absl::StrCat(i)).ok());
  const std::vector<std::string> log = right().AwaitLog(1000);

  ASSERT_EQ(log.size(), 1000u);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(log[i], absl::StrCat("frame:", i));
}

TEST_P(PipeTest, BothEndsSend) {
  ConnectAndStart();

  ASSERT_TRUE(left().Send("from left").ok());
  ASSERT_TRUE(right().Send("from right").ok());

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:from left"));
  EXPECT_THAT(left().AwaitLog(1), ElementsAre("frame:from right"));
}

TEST_P(PipeTest, EveryFieldOfAHeaderArrives) {
  ConnectAndStart();
  FrameHeader received;
  std::string channel;
  right().OnEachFrame([&](const FrameView& frame) {
    received = frame.header;
    channel = frame.header.channel;
  });
  FrameHeader header;
  header.kind = FrameKind::kInvoke;
  header.call_id = CallId(UINT64_MAX);
  header.channel = "a-channel";
  header.frame_id = FrameId(UINT32_MAX);
  header.sender_id = WebContentsId(7);
  header.remaining_ms = 30'000;

  left().Run([&] { EXPECT_TRUE(left().pipe->Send(header, EmptyPayload()).ok()); });
  ASSERT_TRUE(right().AwaitFrames(1));

  EXPECT_EQ(received.kind, FrameKind::kInvoke);
  EXPECT_EQ(received.call_id, header.call_id);
  EXPECT_EQ(channel, "a-channel");
  EXPECT_EQ(received.frame_id, header.frame_id);
  EXPECT_EQ(received.sender_id, header.sender_id);
  EXPECT_EQ(received.remaining_ms, 30'000u);
}

TEST_P(PipeTest, AFrameThatBreaksTheRulesIsNotSent) {
  ConnectAndStart();
  FrameHeader header;  // a SEND without a channel

  left().Run([&] {
    EXPECT_EQ(left().pipe->Send(header, EmptyPayload()).code(), absl::StatusCode::kInvalidArgument);
  });
  ASSERT_TRUE(left().Send("next").ok());

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:next"));
}

TEST_P(PipeTest, FramesThatArriveBeforeStartAreHandedOverAfterIt) {
  Connect();
  left().Start();
  ASSERT_TRUE(left().Send("early").ok());

  right().Run([&] {
    right().is_inside = true;
    right().pipe->Start(&right());
    right().is_inside = false;
  });

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:early"));
}

TEST_P(PipeTest, NothingIsCalledBackInsideSend) {
  ConnectAndStart();
  size_t received = 0;
  right().OnEachFrame([&](const FrameView& frame) {
    ++received;
    right().is_inside = true;
    EXPECT_TRUE(SendText(*right().pipe, TextOf(frame)).ok());
    right().is_inside = false;
  });

  for (int i = 0; i < 100; ++i) {
    left().Run([&] {
      left().is_inside = true;
      EXPECT_TRUE(SendText(*left().pipe, "echo").ok());
      left().is_inside = false;
    });
  }

  EXPECT_EQ(left().AwaitLog(100).size(), 100u);
}

TEST_P(PipeTest, CloseFlushesQueuedFramesBeforeThePeerSeesIt) {
  ConnectAndStart();

  left().Run([&] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(SendText(*left().pipe, absl::StrCat(i)).ok());
    left().pipe->Close();
  });

  EXPECT_THAT(right().AwaitLog(4), ElementsAre("frame:0", "frame:1", "frame:2", "closed:OK"));
}

TEST_P(PipeTest, TheOtherEndClosesInOrderToo) {
  ConnectAndStart();

  right().Run([&] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(SendText(*right().pipe, absl::StrCat(i)).ok());
    right().pipe->Close();
  });

  EXPECT_THAT(left().AwaitLog(4), ElementsAre("frame:0", "frame:1", "frame:2", "closed:OK"));
}

TEST_P(PipeTest, AClosedPipeFlushesEvenWhenItIsDestroyedAtOnce) {
  for (bool left_closes : {true, false}) {
    ConnectAndStart();
    End& closer = left_closes ? left() : right();
    End& other = left_closes ? right() : left();
    ASSERT_TRUE(other.Send("hello").ok());  // so that the stream is there
    closer.AwaitLog(1);

    closer.Run([&] {
      for (int i = 0; i < 200; ++i) EXPECT_TRUE(SendPattern(*closer.pipe, 10'000).ok());
      closer.pipe->Close();
      closer.pipe.reset();
    });

    EXPECT_TRUE(other.AwaitEnd().ok());
    EXPECT_EQ(other.frames, 200u);
    left_.reset();
    right_.reset();
  }
}

TEST_P(PipeTest, AnAbortTellsThePeerAndNobodyHere) {
  const absl::Status reason = absl::InvalidArgumentError("it broke a rule");
  for (bool main_aborts : {true, false}) {
    ConnectAndStart();
    End& aborter = main_aborts ? left() : right();
    End& other = main_aborts ? right() : left();
    ASSERT_TRUE(other.Send("hello").ok());  // so that the stream is there
    aborter.AwaitLog(1);

    aborter.Run([&] {
      aborter.pipe->Abort(reason);
      aborter.pipe.reset();
    });

    const absl::Status end = other.AwaitEnd();
    // A client of gRPC can only cancel.
    EXPECT_TRUE(end == reason || (!main_aborts && absl::IsUnavailable(end))) << end;
    EXPECT_EQ(aborter.Log().size(), 1u);
    left_.reset();
    right_.reset();
  }
}

TEST_P(PipeTest, NothingIsCalledBackAfterClose) {
  ConnectAndStart();
  ASSERT_TRUE(right().Send("before").ok());

  left().Run([&] { left().pipe->Close(); });
  (void)right().Send("after");
  (void)right().AwaitEnd();
  right().Run([&] { right().pipe.reset(); });

  for (const std::string& entry : left().Log()) EXPECT_EQ(entry, "frame:before");
}

TEST_P(PipeTest, SendAfterTheEndIsRefused) {
  ConnectAndStart();
  ASSERT_TRUE(right().Send("hello").ok());
  left().AwaitLog(1);

  left().Run([&] { left().pipe->Close(); });
  ASSERT_TRUE(right().AwaitEnd().ok());

  EXPECT_EQ(left().Send("late").code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(right().Send("late").code(), absl::StatusCode::kUnavailable);
}

TEST_P(PipeTest, DestructionEndsThePeer) {
  for (bool left_dies : {true, false}) {
    ConnectAndStart();
    End& victim = left_dies ? left() : right();
    End& survivor = left_dies ? right() : left();
    ASSERT_TRUE(survivor.Send("hello").ok());
    victim.AwaitLog(1);

    victim.Run([&] { victim.pipe.reset(); });

    EXPECT_EQ(survivor.AwaitEnd().code(), absl::StatusCode::kUnavailable);
    left_.reset();
    right_.reset();
  }
}

TEST_P(PipeTest, APipeMayBeDestroyedInsideOnFrame) {
  ConnectAndStart();
  right().OnEachFrame([&](const FrameView&) { right().pipe.reset(); });

  left().Run([&] {
    EXPECT_TRUE(SendText(*left().pipe, "x").ok());
    for (int i = 0; i < 10; ++i) (void)SendText(*left().pipe, "more");
  });

  EXPECT_EQ(left().AwaitEnd().code(), absl::StatusCode::kUnavailable);
  right().Run([&] { EXPECT_EQ(right().frames, 1u); });
}

TEST_P(PipeTest, APipeMayBeDestroyedInsideOnClosed) {
  ConnectAndStart();
  right().OnEnd([&] { right().pipe.reset(); });
  ASSERT_TRUE(left().Send("x").ok());
  right().AwaitLog(1);

  left().Run([&] { left().pipe->Close(); });

  EXPECT_TRUE(right().AwaitEnd().ok());
}

}  // namespace
}  // namespace ipc::testing
