// Responders: who holds one owes an answer, on whichever thread, however late.

#include <string>
#include <thread>

#include "tests/support/text_payload.h"
#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, AResponderThatIsDroppedAnswers) {
  wire().Deliver(InvokeFrame(1, "a"));

  responders.clear();

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 10: reply was never sent"));
}

TEST_F(ConnectionTest, TheFirstAnswerCounts) {
  wire().Deliver(InvokeFrame(1, "a"));

  responders.at("a").Fail(absl::NotFoundError("Error: first"));
  responders.at("a").Reply(EmptyPayload());
  responders.clear();

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 5: Error: first"));
}

TEST_F(ConnectionTest, AResponderThatIsReplacedAnswers) {
  wire().Deliver(InvokeFrame(1, "a"));
  wire().Deliver(InvokeFrame(2, "b"));

  responders.at("a") = std::move(responders.at("b"));
  responders.erase("b");
  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 10: reply was never sent"));
  responders.at("a").Reply(EmptyPayload());

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #2 0"));
}

TEST_F(ConnectionTest, AnAnswerFromAnotherThreadTravelsWithItsPayload) {
  wire().Deliver(InvokeFrame(1, "a"));

  std::thread([responder = std::move(responders.at("a"))]() mutable {
    responder.Reply(TextPayload("\"encoded there\""));
  }).join();
  EXPECT_THAT(wire().sent, IsEmpty()) << "the hop to the sequence is a task";
  RunTasks();

  ASSERT_EQ(wire().sent.size(), 1u);
  const FrameView& reply = wire().sent[0].view();
  EXPECT_EQ(reply.header.payload_kind, PayloadKind::kJson);
  const std::vector<uint8_t> payload = reply.payload.Joined();
  EXPECT_EQ(std::string(payload.begin(), payload.end()), "\"encoded there\"");
}

TEST_F(ConnectionTest, AResponderDroppedOnAnotherThreadAnswers) {
  wire().Deliver(InvokeFrame(1, "a"));

  std::thread([dropped = std::move(responders.at("a"))] {}).join();
  RunTasks();

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 10: reply was never sent"));
}

TEST_F(ConnectionTest, AnAnswerAfterTheConnectionIsGoneGoesNowhere) {
  wire().Deliver(InvokeFrame(1, "here"));
  wire().Deliver(InvokeFrame(2, "there"));
  Destroy();

  responders.at("here").Reply(EmptyPayload());
  std::thread([responder = std::move(responders.at("there"))]() mutable {
    responder.Reply(EmptyPayload());
  }).join();
  RunTasks();

  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, AnAnswerOnItsWayWhenTheConnectionGoesIsLost) {
  wire().Deliver(InvokeFrame(1, "a"));
  std::thread([responder = std::move(responders.at("a"))]() mutable {
    responder.Reply(EmptyPayload());
  }).join();

  Destroy();
  RunTasks();

  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, AnAnswerThatIsTooLargeBecomesAnError) {
  wire().Deliver(InvokeFrame(1, "a"));
  const size_t limit = options().limits.message_bytes;

  responders.at("a").Reply(TextPayload(std::string(limit + 1, 'x')));

  EXPECT_THAT(wire().TakeSent(), ElementsAre("reply #1 11: Error: " + std::to_string(limit + 1) +
                                             " bytes, the limit is " + std::to_string(limit)));
}

TEST_F(ConnectionTest, AnErrorTextOfAnyBytesTravels) {
  wire().Deliver(InvokeFrame(1, "a"));

  responders.at("a").Fail(absl::UnknownError("Error: \xff" + std::string(1'000'000, 'x')));

  ASSERT_EQ(wire().sent.size(), 1u);
  const FrameHeader& reply = wire().sent[0].view().header;
  EXPECT_TRUE(reply.status_message.starts_with("Error: \xef\xbf\xbdxxx"));
  EXPECT_TRUE(reply.status_message.ends_with("xxx..."));
}

}  // namespace
}  // namespace ipc
