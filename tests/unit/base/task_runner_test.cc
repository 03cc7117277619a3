#include "runtime/base/task_runner.h"

#include <memory>
#include <thread>

#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

std::unique_ptr<EventLoop> NewLoop() { return *EventLoop::Create(); }

TEST(TaskRunnerTest, AThreadWithoutALoopHasNone) { EXPECT_EQ(TaskRunner::Current(), nullptr); }

TEST(TaskRunnerTest, TheThreadThatCreatesALoopServesItUntilItGoes) {
  auto loop = NewLoop();

  const bool is_current = loop->task_runner()->IsCurrent();
  const auto current = TaskRunner::Current();
  const bool is_its_own = current == loop->task_runner();
  loop.reset();

  EXPECT_TRUE(is_current);
  EXPECT_TRUE(is_its_own);
  EXPECT_EQ(TaskRunner::Current(), nullptr);
  EXPECT_FALSE(current->IsCurrent());
}

TEST(TaskRunnerTest, OtherThreadsAreNotCurrent) {
  auto loop = NewLoop();
  bool is_current = true;

  std::thread([&] { is_current = loop->task_runner()->IsCurrent(); }).join();

  EXPECT_FALSE(is_current);
}

TEST(TaskRunnerTest, OfTwoLoopsOnAThreadTheOneThatRunsIsCurrent) {
  auto first = NewLoop();
  auto second = NewLoop();
  bool first_is_current = false;
  bool second_is_current = true;
  first->task_runner()->Post([&] {
    first_is_current = first->task_runner()->IsCurrent();
    second_is_current = second->task_runner()->IsCurrent();
  });

  first->Dispatch();

  EXPECT_TRUE(first_is_current);
  EXPECT_FALSE(second_is_current);
  EXPECT_TRUE(second->task_runner()->IsCurrent()) << "the loop created last, once none runs";
}

TEST(TaskRunnerTest, LoopsOfOneThreadMayGoInAnyOrder) {
  auto first = NewLoop();
  auto second = NewLoop();
  auto third = NewLoop();

  second.reset();
  const bool third_is_current = third->task_runner()->IsCurrent();
  third.reset();

  EXPECT_TRUE(third_is_current);
  EXPECT_TRUE(first->task_runner()->IsCurrent());
}

}  // namespace
}  // namespace ipc
