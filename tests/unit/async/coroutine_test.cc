#include "runtime/async/coroutine.h"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
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

// Says in a log when it goes, as a variable of a coroutine does with its frame.
class Leaves {
 public:
  Leaves(std::vector<std::string>& log, std::string name) : log_(&log), name_(std::move(name)) {}
  Leaves(Leaves&& other) noexcept
      : log_(std::exchange(other.log_, nullptr)), name_(std::move(other.name_)) {}
  ~Leaves() {
    if (log_ != nullptr) log_->push_back(name_);
  }

 private:
  std::vector<std::string>* log_;
  std::string name_;
};

using Log = std::vector<std::string>;

Promise<int> Twice(Promise<int> number) {
  const StatusOr<int> value = co_await std::move(number);
  if (!value.ok()) co_return value.status();
  co_return *value * 2;
}

Promise<void> Finish(Promise<void> work) { co_return co_await std::move(work); }

Promise<std::unique_ptr<int>> ThrowAfter(Promise<void> work) {
  const absl::Status done = co_await std::move(work);
  throw std::runtime_error(std::string(done.message()));
}

// Waits for `number`, and logs what becomes of that.
Promise<int> Watched(Log* log, std::string name, Promise<int> number) {
  const Leaves leaves(*log, name + " leaves");
  const StatusOr<int> value = co_await std::move(number);
  log->push_back(name + " goes on");
  co_return value;
}

// A loop that runs what waits, once asked.
class CoroutineTest : public testing::Test {
 protected:
  void RunUntilIdle() {
    loop_->task_runner()->Post([this] { loop_->task_runner()->Post([this] { loop_->Quit(); }); });
    loop_->Run();
  }
  // A Resolver that says when it is told that nobody waits.
  Resolver<int> WatchedResolver() {
    Resolver<int> resolver;
    resolver.OnCancel([this] { log_.push_back("cancelled"); });
    return resolver;
  }

  Log log_;
  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
};

TEST_F(CoroutineTest, AnAnswerThatIsThereIsTakenWithoutWaiting) {
  Promise<int> twice = Twice(21);

  ASSERT_TRUE(twice.is_ready());
  EXPECT_EQ(std::move(twice).Take().value(), 42);
}

TEST_F(CoroutineTest, AwaitGivesTheValue) {
  Resolver<int> resolver;
  Promise<int> twice = Twice(resolver.promise());
  const bool is_ready_before = twice.is_ready();

  resolver.Resolve(21);

  EXPECT_FALSE(is_ready_before);
  EXPECT_EQ(std::move(twice).Take().value(), 42);
}

TEST_F(CoroutineTest, AwaitGivesTheFailure) {
  Resolver<int> resolver;
  Promise<int> twice = Twice(resolver.promise());

  resolver.Reject(absl::NotFoundError("nobody"));

  EXPECT_EQ(std::move(twice).Take().status(), absl::NotFoundError("nobody"));
}

TEST_F(CoroutineTest, AwaitOfADroppedResolverEnds) {
  Promise<int> twice = Twice(Resolver<int>().promise());

  EXPECT_EQ(std::move(twice).Take().status(), absl::AbortedError("reply was never sent"));
}

TEST_F(CoroutineTest, APromiseOfNothingGivesAStatusAndTakesOne) {
  Resolver<void> good;
  Resolver<void> bad;
  Promise<void> well = Finish(good.promise());
  Promise<void> badly = Finish(bad.promise());

  good.Resolve();
  bad.Reject(absl::DataLossError("gone"));

  EXPECT_EQ(std::move(well).Take(), absl::OkStatus());
  EXPECT_EQ(std::move(badly).Take(), absl::DataLossError("gone"));
}

TEST_F(CoroutineTest, AnExceptionFailsThePromiseWithItsText) {
  Resolver<void> resolver;
  Promise<std::unique_ptr<int>> at_once = ThrowAfter(absl::DataLossError("at once"));
  Promise<std::unique_ptr<int>> later = ThrowAfter(resolver.promise());

  resolver.Reject(absl::DataLossError("later"));

  EXPECT_EQ(std::move(at_once).Take().status(), absl::UnknownError("at once"));
  EXPECT_EQ(std::move(later).Take().status(), absl::UnknownError("later"));
}

TEST_F(CoroutineTest, AnAnswerFromAnotherThreadGoesOnWhereItWasAwaited) {
  Resolver<int> resolver;
  std::thread::id went_on;
  auto wait = [](Promise<int> number, std::thread::id* where) -> Promise<void> {
    (void)co_await std::move(number);
    *where = std::this_thread::get_id();
    co_return absl::OkStatus();
  };
  wait(resolver.promise(), &went_on).Then([&](const absl::Status&) { loop_->Quit(); });

  std::thread answering([resolver = std::move(resolver)]() mutable { resolver.Resolve(1); });
  loop_->Run();
  answering.join();

  EXPECT_EQ(went_on, std::this_thread::get_id());
}

TEST(CoroutineWithoutALoopTest, GoesOnOnTheThreadThatAnswers) {
  Resolver<int> resolver;
  Promise<int> twice = Twice(resolver.promise());

  std::thread answering([resolver = std::move(resolver)]() mutable { resolver.Resolve(21); });
  answering.join();

  EXPECT_EQ(std::move(twice).Take().value(), 42);
}

TEST_F(CoroutineTest, WhoHearsTheAnswerFindsTheVariablesGone) {
  Resolver<int> resolver;
  Watched(&log_, "inner", resolver.promise()).Then([&](const StatusOr<int>&) {
    log_.push_back("heard");
  });

  resolver.Resolve(1);

  EXPECT_THAT(log_, ElementsAre("inner goes on", "inner leaves", "heard"));
}

TEST_F(CoroutineTest, DroppingThePromiseCancelsAndTheFrameGoesWithTheResolver) {
  Resolver<int> resolver = WatchedResolver();
  { Promise<int> dropped = Watched(&log_, "function", resolver.promise()); }
  const Log while_owed = log_;

  { const Resolver<int> let_go = std::move(resolver); }

  EXPECT_THAT(while_owed, ElementsAre("cancelled"));
  EXPECT_THAT(log_, ElementsAre("cancelled", "function leaves"));
}

TEST_F(CoroutineTest, AnAnswerAfterTheCancelDoesNotResume) {
  Resolver<int> resolver;
  { Promise<int> dropped = Watched(&log_, "function", resolver.promise()); }

  resolver.Resolve(1);

  EXPECT_THAT(log_, ElementsAre("function leaves"));
}

TEST_F(CoroutineTest, AnAnswerThatIsOnItsWayWhenItIsCancelledDoesNotResume) {
  Resolver<int> resolver;
  {
    Promise<int> dropped = Watched(&log_, "function", resolver.promise());
    std::thread([resolver = std::move(resolver)]() mutable { resolver.Resolve(1); }).join();
  }
  RunUntilIdle();

  EXPECT_THAT(log_, ElementsAre("function leaves"));
}

TEST_F(CoroutineTest, ACancelReachesTheInnermostOfSeveral) {
  Resolver<int> resolver = WatchedResolver();
  { Promise<int> dropped = Watched(&log_, "outer", Watched(&log_, "inner", resolver.promise())); }

  { const Resolver<int> let_go = std::move(resolver); }

  EXPECT_THAT(log_, ElementsAre("cancelled", "inner leaves", "outer leaves"));
}

TEST_F(CoroutineTest, AnOwnerThatLetsGoWhenItIsToldEndsTheFrameAtOnce) {
  auto resolver = std::make_unique<Resolver<int>>();
  resolver->OnCancel([&] { resolver.reset(); });

  { Promise<int> dropped = Watched(&log_, "function", resolver->promise()); }

  EXPECT_THAT(log_, ElementsAre("function leaves"));
}

TEST_F(CoroutineTest, OneThatIsDroppedWhileItRunsEndsAtItsNextAwait) {
  std::optional<Promise<void>> promise;
  Resolver<int> first;
  auto run = [](Log* log, Promise<int> number, std::optional<Promise<void>>* own) -> Promise<void> {
    const Leaves leaves(*log, "leaves");
    (void)co_await std::move(number);
    own->reset();
    log->push_back("runs on");
    (void)co_await Promise<int>(1);
    log->push_back("never");
    co_return absl::OkStatus();
  };
  promise.emplace(run(&log_, first.promise(), &promise));

  first.Resolve(1);
  RunUntilIdle();

  EXPECT_THAT(log_, ElementsAre("runs on", "leaves"));
}

TEST_F(CoroutineTest, ThenTakesOneAndPromisesItsAnswer) {
  Resolver<int> first;
  Resolver<int> second;
  Promise<int> twice =
      first.promise().Then([](int number) -> Promise<int> { co_return co_await Twice(number); });
  Promise<int> waits = second.promise().Then(
      [](StatusOr<int> number) -> Promise<int> { return Twice(std::move(number)); });

  first.Resolve(21);
  second.Resolve(4);

  EXPECT_EQ(std::move(twice).Take().value(), 42);
  EXPECT_EQ(std::move(waits).Take().value(), 8);
}

TEST_F(CoroutineTest, AwaitsInConditionsAndLoopsAreAllPassedThrough) {
  std::vector<Resolver<int>> resolvers(3);
  std::vector<Promise<int>> promises;
  for (Resolver<int>& resolver : resolvers) promises.push_back(resolver.promise());
  auto sum_up = [](std::vector<Promise<int>> numbers) -> Promise<int> {
    int sum = 0;
    for (Promise<int>& number : numbers) {
      if (const StatusOr<int> value = co_await std::move(number); value.ok() && *value > 1) {
        sum += *value;
      }
    }
    co_return sum;
  };
  Promise<int> sum = sum_up(std::move(promises));

  for (int i = 0; i < 3; ++i) resolvers[static_cast<size_t>(i)].Resolve(i + 1);

  EXPECT_EQ(std::move(sum).Take().value(), 5);
}

TEST_F(CoroutineTest, AFrameWhoseLoopIsGoneIsDestroyedNotLeaked) {
  Resolver<int> resolver;
  Watched(&log_, "function", resolver.promise()).Then([](const StatusOr<int>&) {});
  loop_.reset();

  resolver.Resolve(1);

  EXPECT_THAT(log_, ElementsAre("function leaves"));
}

// Most of what this shows, ThreadSanitizer and LeakSanitizer see.
TEST_F(CoroutineTest, AnswersFromOtherThreadsAndCancelsCross) {
  constexpr int kRounds = 2000;
  int answered = 0;
  for (int round = 0; round < kRounds; ++round) {
    Resolver<int> resolver;
    std::optional<Promise<int>> twice = Twice(resolver.promise());
    std::thread answering([resolver = std::move(resolver)]() mutable { resolver.Resolve(1); });
    if (round % 2 == 0) {
      twice.reset();
    } else {
      std::move(*twice).Then([&](const StatusOr<int>& value) { answered += *value / 2; });
    }
    answering.join();
    RunUntilIdle();
  }

  EXPECT_EQ(answered, kRounds / 2);
}

}  // namespace
}  // namespace ipc
