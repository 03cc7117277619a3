// Deadlines of calls, in both directions, with time passed in.

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, ACallEndsAtItsDeadlineAndNotBefore) {
  ASSERT_TRUE(Invoke("a", In(50)).ok());
  wire().TakeSent();

  Pass(49);
  EXPECT_THAT(ends, IsEmpty());
  Pass(1);

  EXPECT_THAT(ends, ElementsAre("a: DEADLINE_EXCEEDED: Error: no answer within 50 ms"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("cancel #1"));
}

TEST_F(ConnectionTest, AReplyAfterTheDeadlineIsIgnored) {
  ASSERT_TRUE(Invoke("a", In(50)).ok());
  Pass(50);
  ends.clear();

  wire().Deliver(ReplyFrame(1));

  EXPECT_THAT(ends, IsEmpty());
  EXPECT_FALSE(wire().is_closed);
}

TEST_F(ConnectionTest, DeadlinesComeInTheirOrderNotInThatOfTheCalls) {
  ASSERT_TRUE(Invoke("late", In(30)).ok());
  ASSERT_TRUE(Invoke("early", In(10)).ok());
  ASSERT_TRUE(Invoke("never").ok());

  Pass(1000);

  EXPECT_THAT(ends, ElementsAre("early: DEADLINE_EXCEEDED: Error: no answer within 10 ms",
                                "late: DEADLINE_EXCEEDED: Error: no answer within 30 ms"));
  EXPECT_EQ(connection().calls_in_flight(), 1u);
}

TEST_F(ConnectionTest, ACallWhoseDeadlineHasPassedIsNotSent) {
  EXPECT_EQ(Invoke("a", In(0)).status(), absl::DeadlineExceededError("no answer within 0 ms"));
  EXPECT_EQ(Invoke("a", In(-5)).status(), absl::DeadlineExceededError("no answer within 0 ms"));

  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, ThePeerIsToldTheTimeThatRemains) {
  ASSERT_TRUE(Invoke("a", In(50)).ok());
  ASSERT_TRUE(Invoke("b").ok());

  EXPECT_EQ(wire().sent[0].view().header.remaining_ms, 50u);
  EXPECT_EQ(wire().sent[1].view().header.remaining_ms, 0u);
}

TEST_F(ConnectionTest, NoTickIsAskedForWhereNothingHasADeadline) {
  ASSERT_TRUE(Invoke("a").ok());
  wire().Deliver(InvokeFrame(1, "b"));

  EXPECT_FALSE(next_tick.has_value());
}

TEST_F(ConnectionTest, AnEarlierDeadlineMovesTheTick) {
  ASSERT_TRUE(Invoke("a", In(50)).ok());
  EXPECT_EQ(next_tick, In(50));

  ASSERT_TRUE(Invoke("b", In(20)).ok());
  EXPECT_EQ(next_tick, In(20));

  ASSERT_TRUE(Invoke("c", In(70)).ok());
  EXPECT_EQ(next_tick, In(20));
}

TEST_F(ConnectionTest, ATickBeforeAnythingIsDueAsksForTheNext) {
  ASSERT_TRUE(Invoke("a", In(50)).ok());
  next_tick.reset();

  connection().Tick(In(10));

  EXPECT_THAT(ends, IsEmpty());
  EXPECT_EQ(next_tick, In(50));
}

TEST_F(ConnectionTest, AHandlerIsStoppedWhenItsCallerNoLongerWaits) {
  wire().Deliver(InvokeFrame(1, "a", 40));
  EXPECT_EQ(responders.at("a").deadline(), In(40));

  Pass(40);

  EXPECT_TRUE(responders.at("a").stop_token().stop_requested());
  EXPECT_THAT(wire().TakeSent(), IsEmpty()) << "the caller has ended the call by itself";
  responders.at("a").Reply(EmptyPayload());
  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, AnswerTimeoutEndsCallsThatHaveNoDeadline) {
  options().answer_timeout = milliseconds(30);
  Reset();
  wire().Deliver(InvokeFrame(1, "without"));
  wire().Deliver(InvokeFrame(2, "with", 100));

  Pass(30);

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 4: Error: no answer within 30 ms"));
  EXPECT_TRUE(responders.at("without").stop_token().stop_requested());
  EXPECT_FALSE(responders.at("with").stop_token().stop_requested());
  responders.at("without").Reply(EmptyPayload());
  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, ARemainingTimeBeyondReasonIsNoDeadline) {
  wire().Deliver(InvokeFrame(1, "a", UINT64_MAX));

  EXPECT_EQ(responders.at("a").deadline(), kForever);
}

TEST_F(ConnectionTest, TheConnectionMayBeDestroyedAtADeadline) {
  during["a"] = [&] { Destroy(); };
  ASSERT_TRUE(Invoke("a", In(10)).ok());
  ASSERT_TRUE(Invoke("b", In(10)).ok());

  Pass(10);

  EXPECT_THAT(ends, ElementsAre("a: DEADLINE_EXCEEDED: Error: no answer within 10 ms"));
  EXPECT_TRUE(wire().is_destroyed);
}

}  // namespace
}  // namespace ipc
