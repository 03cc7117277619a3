// An EventLoop whose time is told by somebody else.

#include <poll.h>

#include <chrono>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

using std::chrono::hours;

class LoopClockTest : public testing::Test {
 protected:
  bool IsReadable() {
    pollfd poll_fd{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
    return poll(&poll_fd, 1, 0) == 1;
  }

  MonotonicTime now_{hours(1)};
  std::unique_ptr<EventLoop> loop_ = *EventLoop::CreateWithClock([this] { return now_; });
  std::string log_;
};

TEST_F(LoopClockTest, TimersGoByIt) {
  loop_->StartTimer(now_ + hours(2), [&] { log_ += "late "; });
  loop_->StartTimer(now_ + hours(1), [&] { log_ += "early "; });

  EXPECT_TRUE(loop_->Dispatch());
  EXPECT_EQ(log_, "");
  EXPECT_EQ(loop_->next_timer(), now_ + hours(1));
  now_ = loop_->next_timer();
  loop_->Dispatch();

  EXPECT_EQ(log_, "early ");
  EXPECT_EQ(loop_->Now(), now_);
  EXPECT_EQ(loop_->next_timer(), now_ + hours(1));
}

TEST_F(LoopClockTest, NothingWakesTheLoopForItsTimers) {
  loop_->StartTimer(now_, [] {});
  loop_->Dispatch();
  loop_->StartTimer(now_, [] {});

  EXPECT_FALSE(IsReadable());
}

TEST_F(LoopClockTest, TasksWakeIt) {
  loop_->task_runner()->Post([&] { log_ += "task"; });

  EXPECT_TRUE(IsReadable());
  loop_->Dispatch();

  EXPECT_EQ(log_, "task");
  EXPECT_FALSE(IsReadable());
}

TEST_F(LoopClockTest, ItsThreadIsItsOwnOnlyWhileItRuns) {
  EXPECT_FALSE(loop_->task_runner()->IsCurrent());
  bool is_current = false;
  loop_->task_runner()->Post([&] { is_current = loop_->task_runner()->IsCurrent(); });

  loop_->Dispatch();

  EXPECT_TRUE(is_current);
}

TEST_F(LoopClockTest, RunReturnsWhereItWasToldToQuit) {
  loop_->Quit();

  loop_->Run();

  EXPECT_TRUE(loop_->Dispatch());
}

using LoopClockDeathTest = LoopClockTest;

TEST_F(LoopClockDeathTest, RunningItForeverIsABug) {
  EXPECT_DEATH(loop_->Run(), "calls its Dispatch");
}

}  // namespace
}  // namespace ipc
