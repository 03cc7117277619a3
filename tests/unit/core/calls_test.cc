// The call table of a Connection: each call ends once, by its reply or by whoever gives it up.

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, CallsAreCountedFromOneAndRepliesFindThem) {
  ASSERT_EQ(*Invoke("a"), CallId(1));
  ASSERT_EQ(*Invoke("b"), CallId(2));

  wire().Deliver(ReplyFrame(2));
  wire().Deliver(ReplyFrame(1, absl::NotFoundError("Error: nothing here")));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("invoke #1 a", "invoke #2 b"));
  EXPECT_THAT(ends, ElementsAre("b: OK", "a: NOT_FOUND: Error: nothing here"));
  EXPECT_EQ(connection().calls_in_flight(), 0u);
}

TEST_F(ConnectionTest, ASecondReplyIsIgnored) {
  ASSERT_TRUE(Invoke("a").ok());

  wire().Deliver(ReplyFrame(1));
  wire().Deliver(ReplyFrame(1, absl::InternalError("Error: on second thoughts")));

  EXPECT_THAT(ends, ElementsAre("a: OK"));
  EXPECT_FALSE(wire().is_closed);
}

TEST_F(ConnectionTest, ACallMayBeMadeInsideTheEndOfAnother) {
  during["a"] = [&] { EXPECT_TRUE(Invoke("b").ok()); };
  ASSERT_TRUE(Invoke("a").ok());

  wire().Deliver(ReplyFrame(1));
  wire().Deliver(ReplyFrame(2));

  EXPECT_THAT(ends, ElementsAre("a: OK", "b: OK"));
}

TEST_F(ConnectionTest, CancelForgetsTheCallAndTellsThePeer) {
  CallId id = *Invoke("a");
  wire().TakeSent();

  connection().Cancel(id);
  connection().Cancel(id);
  wire().Deliver(ReplyFrame(1));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("cancel #1"));
  EXPECT_THAT(ends, IsEmpty());
  EXPECT_EQ(connection().calls_in_flight(), 0u);
}

TEST_F(ConnectionTest, CancelOfACallNeverMadeIsIgnored) {
  connection().Cancel(CallId(7));

  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, ACancelStopsTheHandlerAndItsAnswerGoesNowhere) {
  wire().Deliver(InvokeFrame(1, "a"));
  std::stop_token stop = responders.at("a").stop_token();
  ASSERT_FALSE(stop.stop_requested());

  wire().Deliver(CancelFrame(1));
  wire().Deliver(CancelFrame(1));
  EXPECT_TRUE(stop.stop_requested());
  EXPECT_EQ(connection().handlers_in_flight(), 1u) << "its handler still runs";
  responders.at("a").Reply(EmptyPayload());

  EXPECT_THAT(wire().TakeSent(), IsEmpty());
  EXPECT_EQ(connection().handlers_in_flight(), 0u);
}

TEST_F(ConnectionTest, ACancelOfACallThatIsOverIsIgnored) {
  wire().Deliver(InvokeFrame(1, "a"));
  responders.at("a").Reply(EmptyPayload());

  wire().Deliver(CancelFrame(1));
  wire().Deliver(CancelFrame(99));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 0"));
  EXPECT_FALSE(wire().is_closed);
}

TEST_F(ConnectionTest, ASendThatThePipeRefusesIsNoCall) {
  wire().refusal = absl::ResourceExhaustedError("full");

  absl::StatusOr<CallId> id = Invoke("a");
  wire().refusal.reset();

  EXPECT_TRUE(absl::IsResourceExhausted(id.status()));
  EXPECT_EQ(connection().calls_in_flight(), 0u);
  EXPECT_EQ(*Invoke("b"), CallId(1));
}

TEST_F(ConnectionTest, AnAnswerThatFindsNoRoomEndsItsCallAndNothingElse) {
  wire().reply_room = 100;
  wire().Deliver(InvokeFrame(1, "a"));
  wire().Deliver(InvokeFrame(2, "b"));

  responders.at("a").Reply(Zeros(101));
  responders.at("b").Reply(Zeros(100));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 8: Error: no room", "reply #2 0"));
}

TEST_F(ConnectionTest, AnErrorThatFindsNoRoomKeepsItsCodeAndTheBeginningOfItsText) {
  wire().reply_room = 512;
  wire().Deliver(InvokeFrame(1, "a"));

  responders.at("a").Fail(absl::NotFoundError(std::string(2000, 'x')), Zeros(10));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 5: " + std::string(509, 'x') + "..."));
}

TEST_F(ConnectionTest, CallsOutAreBoundedAtTheLimit) {
  options().limits.calls_in_flight = 3;
  Reset();
  for (const char* name : {"a", "b", "c"}) ASSERT_TRUE(Invoke(name).ok());

  absl::Status beyond = Invoke("d").status();
  wire().Deliver(ReplyFrame(2));
  absl::Status again = Invoke("e").status();

  EXPECT_EQ(beyond, absl::ResourceExhaustedError("too many calls in flight (3)"));
  EXPECT_TRUE(again.ok());
}

TEST_F(ConnectionTest, CallsInAreBoundedAtTheLimit) {
  options().limits.calls_in_flight = 2;
  Reset();
  wire().Deliver(InvokeFrame(1, "a"));
  wire().Deliver(InvokeFrame(2, "b"));

  wire().Deliver(InvokeFrame(3, "c"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #3 8: Error: too many calls in flight (2)"));
  responders.at("a").Reply(EmptyPayload());
  wire().Deliver(InvokeFrame(4, "d"));

  EXPECT_THAT(heard, ElementsAre("invoke a", "invoke b", "invoke d"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 0"));
}

TEST_F(ConnectionTest, ACancelledCallCountsUntilItsHandlerLetsGo) {
  options().limits.calls_in_flight = 1;
  Reset();
  wire().Deliver(InvokeFrame(1, "a"));
  wire().Deliver(CancelFrame(1));

  wire().Deliver(InvokeFrame(2, "b"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #2 8: Error: too many calls in flight (1)"));
  responders.clear();
  wire().Deliver(InvokeFrame(3, "c"));

  EXPECT_THAT(heard, ElementsAre("invoke a", "invoke c"));
}

TEST_F(ConnectionTest, MessagesAreHandedOverInOrder) {
  wire().Deliver(SendFrame("a"));
  wire().Deliver(InvokeFrame(1, "b"));
  wire().Deliver(SendFrame("c"));

  EXPECT_THAT(heard, ElementsAre("send a", "invoke b", "send c"));
}

TEST_F(ConnectionTest, APingIsAnsweredByAPong) {
  FrameHeader ping;
  ping.kind = FrameKind::kPing;
  ping.call_id = CallId(9);

  wire().Deliver(ping);

  EXPECT_THAT(wire().TakeSent(), ElementsAre("pong #9"));
}

}  // namespace
}  // namespace ipc
