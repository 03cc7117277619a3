// What a peer must not say: it ends that connection, with a reason, and nothing of it is
// dispatched.

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;

FrameHeader OfKind(FrameKind kind) {
  FrameHeader header;
  header.kind = kind;
  header.call_id = CallId(1);
  return header;
}

TEST_F(ConnectionTest, AReplyToACallNeverMadeBreaksTheProtocol) {
  ASSERT_TRUE(Invoke("a").ok());

  wire().Deliver(ReplyFrame(2));

  EXPECT_TRUE(wire().is_destroyed);
  EXPECT_EQ(wire().abort_reason,
            absl::InvalidArgumentError("protocol error: a reply to no call, 2"));
  EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: a reply to no call, 2"));
  EXPECT_THAT(ends, ElementsAre("a: UNAVAILABLE: Error: the other process is gone (protocol "
                                "error: a reply to no call, 2)"));
}

TEST_F(ConnectionTest, ACallIdInUseBreaksTheProtocol) {
  wire().Deliver(InvokeFrame(1, "a"));
  heard.clear();

  wire().Deliver(InvokeFrame(1, "b"));

  EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: call 1 twice"));
}

TEST_F(ConnectionTest, ACallIdMayComeAgainOnceItsCallIsOver) {
  wire().Deliver(InvokeFrame(1, "a"));
  responders.at("a").Reply(EmptyPayload());

  wire().Deliver(InvokeFrame(1, "b"));

  EXPECT_THAT(heard, ElementsAre("invoke a", "invoke b"));
}

TEST_F(ConnectionTest, ASyncCallTowardsARendererBreaksTheProtocol) {
  wire().Deliver(SyncFrame(1, "a"));

  EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: a synchronous call "
                                 "towards a renderer"));
}

TEST_F(ConnectionTest, KindsThatAreKeptForLaterBreakTheProtocol) {
  FrameHeader header = OfKind(FrameKind::kBind);
  header.channel = "a";
  header.channel_id = 1;

  wire().Deliver(header);

  EXPECT_TRUE(wire().is_destroyed);
  EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: a frame of a kind that "
                                 "this version does not speak"));
}

TEST_F(ConnectionTest, FramesOfPortsBreakTheProtocolWhereThereAreNone) {
  for (FrameKind kind : {FrameKind::kPort, FrameKind::kPortOpen, FrameKind::kPortStart,
                         FrameKind::kPortClose, FrameKind::kCredit}) {
    Reset();
    heard.clear();

    wire().Deliver(OfKind(kind));

    EXPECT_TRUE(wire().is_destroyed);
    EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: a frame of ports "
                                   "where there are none"));
  }
}

TEST_F(ConnectionTest, AChannelIdThatWasNeverBoundBreaksTheProtocol) {
  FrameHeader header = SendFrame("");
  header.channel_id = 5;

  wire().Deliver(header);

  EXPECT_THAT(heard, ElementsAre("closed INVALID_ARGUMENT: protocol error: a channel id that "
                                 "nothing was bound to"));
}

TEST_F(ConnectionTest, APongIsToldAlsoWhenNobodyAsked) {
  connection().Ping(CallId(7));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("ping #7"));

  wire().Deliver(OfKind(FrameKind::kPong));

  EXPECT_FALSE(wire().is_closed);
  EXPECT_THAT(heard, ElementsAre("pong #1"));
}

TEST_F(ConnectionTest, AMessageWithoutAFrameIsOfTheMainFrame) {
  wire().Deliver(SendFrame("a"));

  EXPECT_EQ(heard_in, kMainFrame);
}

}  // namespace
}  // namespace ipc
