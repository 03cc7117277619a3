#include "runtime/async/promise.h"

#include <memory>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

using absl::StatusOr;
using testing::ElementsAre;

// A loop that runs what waits, once asked.
class PromiseTest : public testing::Test {
 protected:
  void RunUntilIdle() {
    loop_->task_runner()->Post([this] { loop_->task_runner()->Post([this] { loop_->Quit(); }); });
    loop_->Run();
  }

  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
};

TEST_F(PromiseTest, ThenRunsWithTheValueThatWasResolved) {
  Resolver<int> resolver;
  StatusOr<int> answer;
  resolver.promise().Then([&](StatusOr<int> outcome) { answer = outcome; });

  resolver.Resolve(42);

  EXPECT_EQ(answer.value(), 42);
}

TEST_F(PromiseTest, ThenRunsWithTheStatusThatWasRejected) {
  Resolver<int> resolver;
  StatusOr<int> answer;
  resolver.promise().Then([&](StatusOr<int> outcome) { answer = outcome; });

  resolver.Reject(absl::NotFoundError("nobody"));

  EXPECT_EQ(answer.status(), absl::NotFoundError("nobody"));
}

TEST_F(PromiseTest, ThenNeverRunsInsideThenEvenWhenTheAnswerIsThere) {
  Promise<int> promise = 7;
  int answer = 0;

  std::move(promise).Then([&](StatusOr<int> outcome) { answer = *outcome; });
  const int answer_inside_then = answer;
  RunUntilIdle();

  EXPECT_EQ(answer_inside_then, 0);
  EXPECT_EQ(answer, 7);
}

TEST_F(PromiseTest, AnAnswerThatWaitsForThenIsPostedToo) {
  Resolver<int> resolver;
  Promise<int> promise = resolver.promise();
  resolver.Resolve(7);
  int answer = 0;

  std::move(promise).Then([&](StatusOr<int> outcome) { answer = *outcome; });
  const int answer_inside_then = answer;
  RunUntilIdle();

  EXPECT_EQ(answer_inside_then, 0);
  EXPECT_EQ(answer, 7);
}

TEST_F(PromiseTest, TheFirstAnswerCounts) {
  Resolver<int> resolver;
  std::vector<int> answers;
  resolver.promise().Then([&](StatusOr<int> outcome) { answers.push_back(*outcome); });

  resolver.Resolve(1);
  resolver.Resolve(2);
  resolver.Reject(absl::InternalError("late"));

  EXPECT_EQ(answers, std::vector<int>{1});
}

TEST_F(PromiseTest, DroppingTheResolverRejects) {
  absl::Status answer;
  {
    Resolver<void> resolver;
    resolver.promise().Then([&](absl::Status outcome) { answer = outcome; });
  }

  EXPECT_EQ(answer, absl::AbortedError("reply was never sent"));
}

TEST_F(PromiseTest, AssigningToAResolverRejectsWhatItOwedAtOnce) {
  absl::Status answer;
  Resolver<void> resolver;
  Resolver<void> other;
  resolver.promise().Then([&](absl::Status outcome) { answer = outcome; });

  resolver = std::move(other);

  EXPECT_EQ(answer, absl::AbortedError("reply was never sent"));
}

TEST_F(PromiseTest, APromiseOfNothingEndsWithAStatus) {
  Resolver<void> resolver;
  absl::Status answer = absl::UnknownError("not yet");
  resolver.promise().Then([&](absl::Status outcome) { answer = outcome; });

  resolver.Resolve();

  EXPECT_TRUE(answer.ok());
}

TEST_F(PromiseTest, ValuesThatOnlyMovePassThrough) {
  Resolver<std::unique_ptr<int>> resolver;
  std::unique_ptr<int> answer;
  resolver.promise()
      .Then([](std::unique_ptr<int> value) { return value; })
      .Then([&](StatusOr<std::unique_ptr<int>> outcome) { answer = *std::move(outcome); });

  resolver.Resolve(std::make_unique<int>(5));
  RunUntilIdle();

  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(*answer, 5);
}

TEST_F(PromiseTest, APromiseIsMadeFromWhateverAStatusOrIsMadeFrom) {
  Promise<std::string> from_text = "text";
  Promise<std::string> from_status = absl::NotFoundError("none");
  Promise<std::string> from_status_or = StatusOr<std::string>("both");
  Promise<void> from_ok = absl::OkStatus();

  EXPECT_EQ(std::move(from_text).Take().value(), "text");
  EXPECT_EQ(std::move(from_status).Take().status(), absl::NotFoundError("none"));
  EXPECT_EQ(std::move(from_status_or).Take().value(), "both");
  EXPECT_TRUE(std::move(from_ok).Take().ok());
  static_assert(!std::is_convertible_v<int, Promise<std::vector<int>>>,
                "what is explicit for T stays explicit");
}

TEST_F(PromiseTest, APromiseIsReadyOnceItIsAnswered) {
  Resolver<int> resolver;
  Promise<int> promise = resolver.promise();

  const bool ready_before = promise.is_ready();
  resolver.Resolve(3);

  EXPECT_FALSE(ready_before);
  EXPECT_TRUE(promise.is_ready());
  EXPECT_EQ(std::move(promise).Take().value(), 3);
}

TEST_F(PromiseTest, AChainRunsEachStepWithTheResultOfTheOneBefore) {
  Resolver<int> resolver;
  std::string answer;
  resolver.promise()
      .Then([](int value) { return value + 1; })
      .Then([](int value) -> StatusOr<std::string> { return std::to_string(value); })
      .Then([](StatusOr<std::string> text) { return Promise<std::string>(*text + "!"); })
      .Then([&](StatusOr<std::string> text) { answer = *text; });

  resolver.Resolve(41);
  RunUntilIdle();

  EXPECT_EQ(answer, "42!");
}

TEST_F(PromiseTest, AFailurePassesByTheStepsThatWantAValue) {
  Resolver<int> resolver;
  bool ran = false;
  absl::Status answer;
  resolver.promise()
      .Then([&](int value) {
        ran = true;
        return value;
      })
      .Then([&](StatusOr<int> outcome) { answer = outcome.status(); });

  resolver.Reject(absl::DataLossError("gone"));

  EXPECT_FALSE(ran);
  EXPECT_EQ(answer, absl::DataLossError("gone"));
}

TEST_F(PromiseTest, AChainWaitsForThePromiseThatAStepReturns) {
  Resolver<int> first;
  Resolver<int> second;
  int answer = 0;
  first.promise().Then([&](int) { return second.promise(); }).Then([&](StatusOr<int> outcome) {
    answer = *outcome;
  });

  first.Resolve(1);
  const int answer_after_first = answer;
  second.Resolve(2);

  EXPECT_EQ(answer_after_first, 0);
  EXPECT_EQ(answer, 2);
}

TEST_F(PromiseTest, AStepThatThrowsFailsItsPromise) {
  Resolver<int> resolver;
  absl::Status answer;
  resolver.promise()
      .Then([](int) -> int { throw std::runtime_error("some error"); })
      .Then([&](StatusOr<int> outcome) { answer = outcome.status(); });

  resolver.Resolve(1);

  EXPECT_EQ(answer, absl::UnknownError("some error"));
}

TEST_F(PromiseTest, ALastStepThatThrowsIsReportedAndHarmsNobody) {
  Resolver<int> resolver;
  resolver.promise().Then([](StatusOr<int>) { throw std::runtime_error("some error"); });
  testing::internal::CaptureStderr();

  resolver.Resolve(1);

  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "ipc: what was given to Promise::Then() threw: some error\n");
}

TEST_F(PromiseTest, DroppingThePromiseCancels) {
  Resolver<int> resolver;
  int cancelled = 0;
  resolver.OnCancel([&] { ++cancelled; });
  { Promise<int> dropped = resolver.promise(); }
  resolver.Resolve(1);

  EXPECT_EQ(cancelled, 1);
  EXPECT_TRUE(resolver.is_cancelled());
}

TEST_F(PromiseTest, AssigningToAPromiseCancelsWhatItWaitedForAtOnce) {
  Resolver<int> resolver;
  Promise<int> promise = resolver.promise();
  Promise<int> other = 1;

  promise = std::move(other);

  EXPECT_TRUE(resolver.is_cancelled());
}

TEST_F(PromiseTest, OnCancelSetAfterTheDropRunsAtOnce) {
  Resolver<int> resolver;
  { Promise<int> dropped = resolver.promise(); }
  bool cancelled = false;

  resolver.OnCancel([&] { cancelled = true; });

  EXPECT_TRUE(cancelled);
}

TEST_F(PromiseTest, OnlyTheLastOnCancelCounts) {
  Resolver<int> resolver;
  std::vector<int> cancelled;
  resolver.OnCancel([&] { cancelled.push_back(1); });
  resolver.OnCancel([&] { cancelled.push_back(2); });
  { Promise<int> dropped = resolver.promise(); }

  EXPECT_EQ(cancelled, std::vector<int>{2});
}

TEST_F(PromiseTest, NothingCancelsAnAnsweredPromise) {
  Resolver<int> resolver;
  bool cancelled = false;
  resolver.OnCancel([&] { cancelled = true; });
  {
    Promise<int> promise = resolver.promise();
    resolver.Resolve(1);
  }

  EXPECT_FALSE(cancelled);
}

TEST_F(PromiseTest, WhatOnCancelHoldsIsGoneOnceThePromiseIsAnswered) {
  auto held = std::make_shared<int>(0);
  Resolver<int> resolver;
  Promise<int> promise = resolver.promise();
  resolver.OnCancel([held] {});

  resolver.Resolve(1);

  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(PromiseTest, AnOnCancelThatThrowsIsReported) {
  Resolver<int> resolver;
  resolver.OnCancel([] { throw std::runtime_error("some error"); });
  testing::internal::CaptureStderr();
  { Promise<int> dropped = resolver.promise(); }

  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "ipc: what was given to Resolver::OnCancel() threw: some error\n");
}

TEST_F(PromiseTest, AStopCancelsAndWhatTheResolverSaysStillArrives) {
  std::stop_source caller;
  std::vector<std::string> log;
  Resolver<int> resolver;
  resolver.promise().Then(
      [&](absl::StatusOr<int> answer) { log.push_back(answer.ok() ? "answered" : "failed"); },
      caller.get_token());
  resolver.OnCancel([&] { log.push_back("cancelled"); });

  caller.request_stop();
  resolver.Resolve(42);

  EXPECT_THAT(log, ElementsAre("cancelled", "answered"));
}

TEST_F(PromiseTest, AStopAtTheEndOfAChainReachesItsBeginning) {
  std::stop_source caller;
  int cancelled = 0;
  absl::Status end;
  Resolver<int> resolver;
  resolver.OnCancel([&] { ++cancelled; });
  resolver.promise()
      .Then([](int value) { return value + 1; })
      .Then([&](absl::StatusOr<int> answer) { end = answer.status(); }, caller.get_token());

  caller.request_stop();
  EXPECT_TRUE(end.ok()) << "the Resolver has not answered yet";
  resolver.Resolve(42);

  EXPECT_EQ(cancelled, 1);
  EXPECT_TRUE(absl::IsAborted(end)) << end;
}

TEST_F(PromiseTest, AStopAfterTheAnswerIsForNobody) {
  std::stop_source caller;
  int cancelled = 0;
  Resolver<int> resolver;
  resolver.OnCancel([&] { ++cancelled; });
  resolver.promise().Then([](absl::StatusOr<int>) {}, caller.get_token());
  resolver.Resolve(42);

  caller.request_stop();

  EXPECT_EQ(cancelled, 0);
}

TEST_F(PromiseTest, DroppingTheEndOfAChainCancelsItsBeginning) {
  Resolver<int> resolver;
  {
    Promise<int> end = resolver.promise().Then([](int value) { return value; }).Then([](int value) {
      return value;
    });
  }

  EXPECT_TRUE(resolver.is_cancelled());
}

TEST_F(PromiseTest, DroppingTheEndOfAChainCancelsThePromiseAStepIsWaitingFor) {
  Resolver<int> first;
  Resolver<int> second;
  {
    Promise<int> end = first.promise().Then([&](int) { return second.promise(); });
    first.Resolve(1);
  }

  EXPECT_TRUE(second.is_cancelled());
}

TEST_F(PromiseTest, AChainDroppedWhileItsStepRunsCancelsWhatTheStepReturns) {
  Resolver<int> first;
  Resolver<int> second;
  auto end = std::make_unique<Promise<int>>(0);
  *end = first.promise().Then([&](int) {
    end.reset();
    return second.promise();
  });

  first.Resolve(1);

  EXPECT_TRUE(second.is_cancelled());
}

TEST_F(PromiseTest, AStepIsNotRunOnceItsPromiseWasDropped) {
  bool ran = false;
  {
    Promise<int> end = Promise<int>(1).Then([&](int value) {
      ran = true;
      return value;
    });
  }
  RunUntilIdle();

  EXPECT_FALSE(ran);
}

TEST_F(PromiseTest, AChainThatIsNeverAnsweredIsFreed) {
  auto watched = std::make_shared<int>(0);
  std::weak_ptr<int> weak = watched;
  {
    Resolver<int> resolver;
    resolver.promise()
        .Then([watched](int value) { return value + *watched; })
        .Then([watched](StatusOr<int>) {});
    watched.reset();
  }

  EXPECT_TRUE(weak.expired());
}

TEST_F(PromiseTest, AContinuationWhoseLoopIsGoneIsDroppedAndPassesTheFailureOn) {
  Resolver<int> resolver;
  Promise<int> chained = resolver.promise().Then([](int value) { return value; });
  loop_.reset();

  resolver.Resolve(1);

  ASSERT_TRUE(chained.is_ready());
  EXPECT_EQ(std::move(chained).Take().status(), absl::AbortedError("reply was never sent"));
}

TEST(PromiseWithoutLoopTest, ThenRunsAtOnceWhenTheAnswerIsThere) {
  int answer = 0;

  Promise<int>(7).Then([&](StatusOr<int> outcome) { answer = *outcome; });

  EXPECT_EQ(answer, 7);
}

TEST(PromiseDeathTest, TakingTwiceIsABug) {
  Promise<int> promise = 1;
  Promise<int> moved = std::move(promise);

  EXPECT_DEATH((void)std::move(promise).Take(), "moved from");
}

}  // namespace
}  // namespace ipc
