// Promises that are answered, cancelled and dropped on different threads at once. Most of what
// these tests show, ThreadSanitizer and LeakSanitizer see.
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "runtime/async/promise.h"
#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

using absl::StatusOr;

constexpr int kRounds = 2000;

TEST(PromiseThreadsTest, AnAnswerFromAnotherThreadRunsThenOnTheLoop) {
  auto loop = *EventLoop::Create();
  Resolver<int> resolver;
  std::thread::id ran_on;
  resolver.promise().Then([&](StatusOr<int>) {
    ran_on = std::this_thread::get_id();
    loop->Quit();
  });

  std::thread answering([resolver = std::move(resolver)]() mutable { resolver.Resolve(1); });
  loop->Run();
  answering.join();

  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(PromiseThreadsTest, ThenOutsideOfAnyLoopRunsOnTheThreadThatAnswers) {
  Resolver<int> resolver;
  std::thread::id ran_on;
  resolver.promise().Then([&](StatusOr<int>) { ran_on = std::this_thread::get_id(); });

  std::thread answering([resolver = std::move(resolver)]() mutable { resolver.Resolve(1); });
  const std::thread::id answering_id = answering.get_id();
  answering.join();

  EXPECT_EQ(ran_on, answering_id);
}

TEST(PromiseThreadsTest, EveryPromiseEndsOnceWhenAnsweringRacesWithThen) {
  auto loop = *EventLoop::Create();
  int ended = 0;
  std::vector<Resolver<int>> resolvers(kRounds);
  std::vector<Promise<int>> promises;
  for (auto& resolver : resolvers) promises.push_back(resolver.promise());
  std::thread answering([&] {
    for (int i = 0; i < kRounds; ++i) {
      Resolver<int> resolver = std::move(resolvers[static_cast<size_t>(i)]);
      if (i % 3 != 0) resolver.Resolve(i);  // else: dropped
    }
  });

  for (auto& promise : promises) {
    std::move(promise)
        .Then([](StatusOr<int> outcome) { return outcome.ok() ? *outcome : -1; })
        .Then([&](StatusOr<int>) {
          if (++ended == kRounds) loop->Quit();
        });
  }
  loop->Run();
  answering.join();

  EXPECT_EQ(ended, kRounds);
}

TEST(PromiseThreadsTest, AnswerAndCancelExcludeEachOther) {
  auto loop = *EventLoop::Create();
  std::atomic<int> cancelled = 0;
  std::atomic<int> ran = 0;
  std::vector<Resolver<int>> resolvers(kRounds);
  std::vector<Promise<int>> promises;
  for (auto& resolver : resolvers) {
    resolver.OnCancel([&] { ++cancelled; });
    promises.push_back(resolver.promise().Then([&](StatusOr<int> outcome) {
      ++ran;
      return outcome;
    }));
  }
  std::thread answering([&] {
    for (auto& resolver : resolvers) resolver.Resolve(1);
  });

  promises.clear();
  answering.join();
  loop->task_runner()->Post([&] { loop->Quit(); });
  loop->Run();

  EXPECT_LE(cancelled, kRounds);
  EXPECT_EQ(ran, 0) << "a step ran although its promise was dropped";
}

TEST(PromiseThreadsTest, OnCancelRacesWithTheDropAndStillRunsOnce) {
  for (int i = 0; i < kRounds / 10; ++i) {
    Resolver<int> resolver;
    auto promise = std::make_unique<Promise<int>>(resolver.promise());
    std::atomic<int> cancelled = 0;
    std::thread dropping([&] { promise.reset(); });

    resolver.OnCancel([&] { ++cancelled; });
    dropping.join();

    EXPECT_EQ(cancelled, 1);
  }
}

}  // namespace
}  // namespace ipc
