// Callers that give up by their stop token.

#include <stop_token>
#include <thread>

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, ACallEndsWhenItsCallerIsToldToStop) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {kForever, stop.get_token()}).ok());

  stop.request_stop();
  EXPECT_THAT(ends, IsEmpty()) << "not inside of request_stop()";
  RunTasks();

  EXPECT_THAT(ends, ElementsAre("a: CANCELLED: Error: cancelled"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("invoke #1 a", "cancel #1"));
}

TEST_F(ConnectionTest, ACallerMayBeToldToStopOnAnyThread) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {In(50), stop.get_token()}).ok());

  std::thread([&] { stop.request_stop(); }).join();
  RunTasks();
  Pass(50);

  EXPECT_THAT(ends, ElementsAre("a: CANCELLED: Error: cancelled"));
}

TEST_F(ConnectionTest, ACallerThatWasToldToStopBeforeSaysNothing) {
  std::stop_source stop;
  stop.request_stop();

  const absl::Status refused = Invoke("a", {kForever, stop.get_token()}).status();
  const absl::Status refused_too = InvokeSync("a", {kForever, stop.get_token()});

  EXPECT_EQ(refused, absl::CancelledError("cancelled"));
  EXPECT_EQ(refused_too, refused);
  EXPECT_THAT(wire().TakeSent(), IsEmpty());
}

TEST_F(ConnectionTest, AStopAfterTheAnswerStopsNothing) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {kForever, stop.get_token()}).ok());
  wire().Deliver(ReplyFrame(1));

  stop.request_stop();
  RunTasks();

  EXPECT_THAT(ends, ElementsAre("a: OK"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("invoke #1 a"));
}

TEST_F(ConnectionTest, AStopThatTheAnswerOvertakesStopsNothing) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {kForever, stop.get_token()}).ok());

  stop.request_stop();
  wire().Deliver(ReplyFrame(1));
  RunTasks();

  EXPECT_THAT(ends, ElementsAre("a: OK"));
}

TEST_F(ConnectionTest, AStopAfterTheConnectionIsGoneDoesNothing) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {kForever, stop.get_token()}).ok());
  stop.request_stop();

  Destroy();
  RunTasks();

  EXPECT_THAT(ends, IsEmpty());
}

TEST_F(ConnectionTest, OneStopEndsEveryCallThatListensToIt) {
  std::stop_source stop;
  ASSERT_TRUE(Invoke("a", {kForever, stop.get_token()}).ok());
  ASSERT_TRUE(Invoke("b").ok());
  ASSERT_TRUE(Invoke("c", {In(50), stop.get_token()}).ok());

  stop.request_stop();
  RunTasks();

  EXPECT_THAT(ends, testing::UnorderedElementsAre("a: CANCELLED: Error: cancelled",
                                                  "c: CANCELLED: Error: cancelled"));
}

TEST_F(ConnectionTest, ASyncCallEndsWhenItsCallerIsToldToStop) {
  std::stop_source stop;
  wire().while_waiting.push_back([&] { wire().Deliver(SendFrame("kept")); });
  wire().while_waiting.push_back([&] { stop.request_stop(); });

  ASSERT_TRUE(InvokeSync("sync", {kForever, stop.get_token()}).ok());

  EXPECT_THAT(ends, ElementsAre("sync: CANCELLED: Error: cancelled"));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("sync #1 sync", "cancel #1"));
  RunTasks();
  EXPECT_THAT(heard, ElementsAre("send kept"));
}

}  // namespace
}  // namespace ipc
