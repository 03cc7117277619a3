// InvokeSync: it blocks, hands over nothing but its answer, and keeps the rest in order.

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, WhatComesDuringASyncCallIsKeptInOrder) {
  ASSERT_TRUE(Invoke("early").ok());
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("one"));
    wire().Deliver(ReplyFrame(1));
    wire().Deliver(SendFrame("two"));
  });
  wire().while_waiting.push_back([&] { wire().Deliver(ReplyFrame(2)); });
  during["early"] = [&] { heard.push_back("early's reply"); };

  ASSERT_TRUE(InvokeSync("sync").ok());

  EXPECT_THAT(ends, ElementsAre("sync: OK"));
  EXPECT_THAT(heard, IsEmpty());
  RunTasks();
  EXPECT_THAT(heard, ElementsAre("send one", "early's reply", "send two"));
}

TEST_F(ConnectionTest, WhatComesBeforeTheKeptIsDispatchedWaitsBehindIt) {
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("kept"));
    wire().Deliver(ReplyFrame(1));
  });
  ASSERT_TRUE(InvokeSync("sync").ok());

  wire().Deliver(SendFrame("later"));
  EXPECT_THAT(heard, IsEmpty());
  RunTasks();
  wire().Deliver(SendFrame("last"));

  EXPECT_THAT(heard, ElementsAre("send kept", "send later", "send last"));
}

TEST_F(ConnectionTest, ASyncCallInsideAKeptMessageKeepsTheOrder) {
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("asks"));
    wire().Deliver(SendFrame("after"));
    wire().Deliver(ReplyFrame(1));
  });
  during["asks"] = [&] {
    wire().while_waiting.push_back([&] {
      wire().Deliver(SendFrame("meanwhile"));
      wire().Deliver(ReplyFrame(2));
    });
    ASSERT_TRUE(InvokeSync("inner").ok());
  };
  ASSERT_TRUE(InvokeSync("outer").ok());

  RunTasks();

  EXPECT_THAT(ends, ElementsAre("outer: OK", "inner: OK"));
  EXPECT_THAT(heard, ElementsAre("send asks", "send after", "send meanwhile"));
}

TEST_F(ConnectionTest, APingIsAnsweredDuringASyncCallAndBeforeWhatItKept) {
  const FrameHeader ping = [] {
    FrameHeader header;
    header.kind = FrameKind::kPing;
    header.call_id = CallId(9);
    return header;
  }();
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("kept"));
    wire().Deliver(ping);
    wire().Deliver(ReplyFrame(1));
  });

  ASSERT_TRUE(InvokeSync("sync").ok());

  EXPECT_THAT(wire().TakeSent(), ElementsAre("sync #1 sync", "pong #9"));
  EXPECT_THAT(heard, IsEmpty());
}

TEST_F(ConnectionTest, ASyncCallEndsAtItsDeadline) {
  ASSERT_TRUE(InvokeSync("sync", In(30)).ok());

  EXPECT_THAT(ends, ElementsAre("sync: DEADLINE_EXCEEDED: Error: no answer within 30 ms"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("sync #1 sync", "cancel #1"));
}

TEST_F(ConnectionTest, ASyncCallEndsWhenTooMuchComesMeanwhile) {
  options().limits.sync_backlog_bytes = 3000;
  Reset();
  for (int i = 0; i < 20; ++i) {
    wire().while_waiting.push_back([&] { wire().Deliver(SendFrame("one more")); });
  }

  ASSERT_TRUE(InvokeSync("sync").ok());

  EXPECT_THAT(ends, ElementsAre("sync: RESOURCE_EXHAUSTED: Error: more than 3000 bytes arrived "
                                "before the answer"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("sync #1 sync", "cancel #1"));
  const size_t kept = 20 - wire().while_waiting.size();
  EXPECT_LT(kept, 20u);
  RunTasks();
  EXPECT_THAT(heard, testing::SizeIs(kept));
  wire().while_waiting = {[&] { wire().Deliver(ReplyFrame(2)); }};
  ASSERT_TRUE(InvokeSync("again").ok());
  EXPECT_EQ(ends.back(), "again: OK");
}

TEST_F(ConnectionTest, TheEndDuringASyncCallEndsItNowAndTheOthersFromTheLoop) {
  ASSERT_TRUE(Invoke("other").ok());
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("last words"));
    wire().delegate->OnClosed(absl::UnavailableError("killed"));
  });

  ASSERT_TRUE(InvokeSync("sync").ok());

  const std::string gone = "UNAVAILABLE: Error: the other process is gone (killed)";
  EXPECT_THAT(ends, ElementsAre("sync: " + gone));
  EXPECT_THAT(heard, IsEmpty());
  RunTasks();
  EXPECT_THAT(heard, ElementsAre("send last words", "closed UNAVAILABLE: killed"));
  EXPECT_THAT(ends, ElementsAre("sync: " + gone, "other: " + gone));
}

TEST_F(ConnectionTest, NoSyncCallIsMadeAfterTheEndWasHeard) {
  wire().while_waiting.push_back([&] { wire().delegate->OnClosed(absl::OkStatus()); });
  ASSERT_TRUE(InvokeSync("first").ok());

  absl::Status second = InvokeSync("second");

  EXPECT_TRUE(absl::IsUnavailable(second));
  RunTasks();
  EXPECT_TRUE(absl::IsUnavailable(InvokeSync("third")));
}

TEST_F(ConnectionTest, KeptMessagesAreNotDispatchedAfterTheConnectionIsDestroyed) {
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("destroys"));
    wire().Deliver(SendFrame("never heard"));
    wire().Deliver(ReplyFrame(1));
  });
  during["destroys"] = [&] { Destroy(); };
  ASSERT_TRUE(InvokeSync("sync").ok());

  RunTasks();

  EXPECT_THAT(heard, ElementsAre("send destroys"));
}

TEST_F(ConnectionTest, ItMayBeDestroyedByTheAnswerOfASyncCall) {
  wire().while_waiting.push_back([&] { wire().Deliver(ReplyFrame(1)); });
  during["sync"] = [&] { Destroy(); };

  ASSERT_TRUE(InvokeSync("sync").ok());

  EXPECT_THAT(ends, ElementsAre("sync: OK"));
  EXPECT_TRUE(wire().is_destroyed);
}

TEST_F(ConnectionTest, KeptMessagesAreNotDispatchedAfterTheConnectionIsClosed) {
  wire().while_waiting.push_back([&] {
    wire().Deliver(SendFrame("closes"));
    wire().Deliver(SendFrame("never heard"));
    wire().Deliver(ReplyFrame(1));
  });
  during["closes"] = [&] { connection().Close(absl::OkStatus()); };
  ASSERT_TRUE(InvokeSync("sync").ok());

  RunTasks();

  EXPECT_THAT(heard, ElementsAre("send closes", "closed OK"));
}

TEST_F(ConnectionTest, MainAnswersSyncCalls) {
  options().is_main = true;
  Reset();

  wire().Deliver(SyncFrame(1, "question"));
  responders.at("question").Reply(EmptyPayload());

  EXPECT_THAT(heard, ElementsAre("sync question"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 0"));
}

}  // namespace
}  // namespace ipc
