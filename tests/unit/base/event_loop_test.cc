#include "runtime/base/event_loop.h"

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/base/unique_fd.h"

namespace ipc {
namespace {

using std::chrono::hours;

// A pipe with one byte in it: its read end is ready until somebody reads.
class ReadyPipe {
 public:
  ReadyPipe() {
    std::array<int, 2> ends;
    EXPECT_EQ(pipe(ends.data()), 0);
    read_.Reset(ends[0]);
    write_.Reset(ends[1]);
    EXPECT_EQ(write(ends[1], "x", 1), 1);
  }
  int fd() const { return read_.get(); }
  void Read() {
    char byte;
    EXPECT_EQ(read(fd(), &byte, 1), 1);
  }
  void CloseWriter() { write_.Reset(); }

 private:
  UniqueFd read_;
  UniqueFd write_;
};

class EventLoopTest : public testing::Test {
 protected:
  void Post(Task task) { loop_->task_runner()->Post(std::move(task)); }
  bool IsReadable(int timeout_ms = 0) {
    pollfd poll_fd{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
    return poll(&poll_fd, 1, timeout_ms) == 1;
  }

  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  std::string log_;
};

TEST_F(EventLoopTest, TasksRunInTheOrderTheyWerePosted) {
  Post([&] { log_ += "a"; });
  Post([&] { log_ += "b"; });
  Post([&] { loop_->Quit(); });

  loop_->Run();

  EXPECT_EQ(log_, "ab");
}

TEST_F(EventLoopTest, QuitLetsRunReturnAfterTheCallbackInProgress) {
  Post([&] {
    loop_->Quit();
    log_ += "a";
  });
  Post([&] { log_ += "b"; });

  loop_->Run();

  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, TasksThatQuitLeftUnrunKeepTheirPlace) {
  Post([&] { loop_->Quit(); });
  Post([&] { log_ += "a"; });
  Post([&] { log_ += "b"; });
  loop_->Run();
  const std::string log_after_first = log_;
  Post([&] {
    log_ += "c";
    loop_->Quit();
  });

  loop_->Run();

  EXPECT_EQ(log_after_first, "");
  EXPECT_EQ(log_, "abc");
}

TEST_F(EventLoopTest, AQuitBeforeRunIsKept) {
  Post([&] { log_ += "a"; });
  loop_->Quit();

  loop_->Run();

  EXPECT_EQ(log_, "");
}

TEST_F(EventLoopTest, AnotherThreadWakesALoopThatSleeps) {
  std::thread other([&] {
    Post([&] {
      log_ += "a";
      loop_->Quit();
    });
  });

  loop_->Run();
  other.join();

  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, QuitFromAnotherThreadWakesALoopThatSleeps) {
  std::thread other([&] { loop_->Quit(); });

  loop_->Run();
  other.join();
}

TEST_F(EventLoopTest, TasksOfManyThreadsAllRun) {
  constexpr int kThreads = 4;
  constexpr int kTasks = 5000;
  int ran = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < kTasks; ++j) {
        Post([&] {
          if (++ran == kThreads * kTasks) loop_->Quit();
        });
      }
    });
  }

  loop_->Run();
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(ran, kThreads * kTasks);
}

TEST_F(EventLoopTest, ATaskThatPostsItselfStarvesNobody) {
  ReadyPipe ready;
  struct Spinner {
    TaskRunner* runner;
    void operator()() const { runner->Post(*this); }
  };
  Post(Spinner{loop_->task_runner().get()});
  const auto watch = loop_->Watch(ready.fd(), EPOLLIN, [&](uint32_t) { loop_->Quit(); });
  ASSERT_TRUE(watch.ok());

  loop_->Run();

  loop_->Unwatch(*watch);
}

TEST_F(EventLoopTest, ATimerRunsWhenItIsDueAndNotBefore) {
  const MonotonicTime when = loop_->Now() + milliseconds(5);
  MonotonicTime ran_at;
  loop_->StartTimer(when, [&] {
    ran_at = loop_->Now();
    loop_->Quit();
  });

  loop_->Run();

  EXPECT_GE(ran_at, when);
}

TEST_F(EventLoopTest, TimersRunInTheOrderInWhichTheyAreDueThenInWhichTheyWereMade) {
  const MonotonicTime now = loop_->Now();
  loop_->StartTimer(now - milliseconds(1), [&] { log_ += "b"; });
  loop_->StartTimer(now - milliseconds(1), [&] { log_ += "c"; });
  loop_->StartTimer(now - milliseconds(2), [&] { log_ += "a"; });
  loop_->StartTimer(MonotonicTime(), [&] { log_ += "0"; });
  Post([&] { loop_->Quit(); });

  loop_->Run();

  EXPECT_EQ(log_, "0abc");
}

TEST_F(EventLoopTest, AnEarlierTimerThatComesLaterIsNotMissed) {
  loop_->StartTimer(loop_->Now() + hours(1), [&] { log_ += "late"; });
  Post([&] {
    loop_->StartTimer(loop_->Now() + milliseconds(1), [&] {
      log_ += "early";
      loop_->Quit();
    });
  });

  loop_->Run();

  EXPECT_EQ(log_, "early");
}

TEST_F(EventLoopTest, ACancelledTimerNeverRuns) {
  const MonotonicTime now = loop_->Now();
  TimerId second;
  loop_->StartTimer(now, [&] { loop_->CancelTimer(second); });
  second = loop_->StartTimer(now, [&] { log_ += "second"; });
  loop_->StartTimer(now, [&] { loop_->Quit(); });
  loop_->CancelTimer(TimerId(4711));

  loop_->Run();

  EXPECT_EQ(log_, "");
}

TEST_F(EventLoopTest, ATimerThatStartsItselfAgainWaitsForTheNextTurn) {
  int runs = 0;
  struct Again {
    EventLoop* loop;
    int* runs;
    void operator()() const {
      ++*runs;
      loop->StartTimer(MonotonicTime(), *this);
    }
  };
  loop_->StartTimer(MonotonicTime(), Again{loop_.get(), &runs});

  loop_->Dispatch();

  EXPECT_EQ(runs, 1);
}

TEST_F(EventLoopTest, AWatchIsCalledWhileItsDescriptorIsReady) {
  ReadyPipe ready;
  const auto watch = loop_->Watch(ready.fd(), EPOLLIN, [&](uint32_t events) {
    log_ += (events & EPOLLIN) != 0 ? "in" : "other";
    if (log_ == "inin") ready.Read();
  });
  ASSERT_TRUE(watch.ok());

  for (int i = 0; i < 4; ++i) loop_->Dispatch();
  loop_->Unwatch(*watch);

  EXPECT_EQ(log_, "inin");
}

TEST_F(EventLoopTest, AWatchHearsOfTheOtherEndsDeathUnasked) {
  ReadyPipe ready;
  uint32_t heard = 0;
  const auto watch = loop_->Watch(ready.fd(), 0, [&](uint32_t events) { heard = events; });
  ASSERT_TRUE(watch.ok());
  ready.CloseWriter();

  loop_->Dispatch();
  loop_->Unwatch(*watch);

  EXPECT_NE(heard & EPOLLHUP, 0u);
}

TEST_F(EventLoopTest, AWatchRemovedInTheSameTurnIsNeverCalled) {
  ReadyPipe first;
  ReadyPipe second;
  WatchId first_id;
  WatchId second_id;
  first_id = *loop_->Watch(first.fd(), EPOLLIN, [&](uint32_t) {
    log_ += "1";
    loop_->Unwatch(second_id);
  });
  second_id = *loop_->Watch(second.fd(), EPOLLIN, [&](uint32_t) {
    log_ += "2";
    loop_->Unwatch(first_id);
  });

  loop_->Dispatch();

  EXPECT_EQ(log_.size(), 1u) << log_;
  loop_->Unwatch(first_id);
  loop_->Unwatch(second_id);
}

TEST_F(EventLoopTest, AWatchMayRemoveItself) {
  ReadyPipe ready;
  auto owned = std::make_shared<int>(1);
  WatchId id;
  id = *loop_->Watch(ready.fd(), EPOLLIN, [&, owned](uint32_t) {
    loop_->Unwatch(id);
    log_ += std::to_string(*owned);
  });

  loop_->Dispatch();
  loop_->Dispatch();

  EXPECT_EQ(log_, "1");
  EXPECT_EQ(owned.use_count(), 1);
}

TEST_F(EventLoopTest, WatchingADescriptorThatIsNoneFails) {
  EXPECT_FALSE(loop_->Watch(-1, EPOLLIN, [](uint32_t) {}).ok());
}

TEST_F(EventLoopTest, MoreReadyDescriptorsThanOneTurnServesAreAllServed) {
  std::vector<ReadyPipe> pipes(150);
  std::vector<WatchId> watches;
  size_t served = 0;
  for (auto& ready : pipes) {
    watches.push_back(*loop_->Watch(ready.fd(), EPOLLIN, [&](uint32_t) {
      ready.Read();
      ++served;
    }));
  }

  for (int i = 0; i < 4; ++i) loop_->Dispatch();
  for (const WatchId watch : watches) loop_->Unwatch(watch);

  EXPECT_EQ(served, pipes.size());
}

TEST_F(EventLoopTest, FdIsQuietWhenThereIsNothingToDo) {
  loop_->StartTimer(loop_->Now() + hours(1), [] {});
  Post([] {});
  loop_->Quit();
  loop_->Dispatch();

  EXPECT_FALSE(IsReadable());
}

TEST_F(EventLoopTest, DispatchTellsAForeignLoopOfAQuitUntilRunTakesIt) {
  const bool goes_on_before = loop_->Dispatch();
  Post([&] { loop_->Quit(); });
  const bool goes_on_after = loop_->Dispatch();
  const bool goes_on_later = loop_->Dispatch();
  loop_->Run();
  const bool goes_on_after_run = loop_->Dispatch();

  EXPECT_TRUE(goes_on_before);
  EXPECT_FALSE(goes_on_after);
  EXPECT_FALSE(goes_on_later);
  EXPECT_TRUE(goes_on_after_run);
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfTasks) {
  Post([&] { log_ += "a"; });

  EXPECT_TRUE(IsReadable());
  loop_->Dispatch();
  EXPECT_FALSE(IsReadable());
  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfATaskPostedByATask) {
  Post([&] { Post([&] { log_ += "b"; }); });
  loop_->Dispatch();

  EXPECT_EQ(log_, "");
  EXPECT_TRUE(IsReadable());
  loop_->Dispatch();
  EXPECT_EQ(log_, "b");
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfTimers) {
  loop_->StartTimer(loop_->Now() + milliseconds(1), [&] { log_ += "a"; });

  EXPECT_TRUE(IsReadable(/*timeout_ms=*/10'000));
  loop_->Dispatch();
  EXPECT_FALSE(IsReadable());
  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfATimerThatIsLongDue) {
  loop_->StartTimer(MonotonicTime(), [] {});

  EXPECT_TRUE(IsReadable());
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfATimerStartedInDispatch) {
  Post([&] { loop_->StartTimer(loop_->Now() + milliseconds(1), [&] { log_ += "a"; }); });
  loop_->Dispatch();

  EXPECT_TRUE(IsReadable(/*timeout_ms=*/10'000));
  loop_->Dispatch();
  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, FdTellsAForeignLoopOfWhatRunLeft) {
  Post([&] { loop_->Quit(); });
  Post([&] { log_ += "a"; });
  loop_->Run();

  EXPECT_TRUE(IsReadable());
  loop_->Dispatch();
  EXPECT_EQ(log_, "a");
}

TEST_F(EventLoopTest, TheLoopThatGoesDestroysItsTasksUnrunOnItsThread) {
  std::thread::id destroyed_on;
  std::shared_ptr<int> witness(new int(0), [&](int* p) {
    destroyed_on = std::this_thread::get_id();
    delete p;
  });
  Post([&, witness] { log_ += "ran"; });
  witness.reset();

  loop_.reset();

  EXPECT_EQ(destroyed_on, std::this_thread::get_id());
  EXPECT_EQ(log_, "");
}

TEST_F(EventLoopTest, AClosedLoopTakesNoTasksAndDestroysThoseItHas) {
  auto waits = std::make_shared<int>();
  auto late = std::make_shared<int>();
  std::weak_ptr<int> weak_waits = waits;
  std::weak_ptr<int> weak_late = late;
  Post([&, waits = std::move(waits)] { log_ += "waited"; });

  loop_->Close();
  Post([&, late = std::move(late)] { log_ += "late"; });
  loop_->Dispatch();

  EXPECT_TRUE(weak_waits.expired());
  EXPECT_TRUE(weak_late.expired());
  EXPECT_EQ(log_, "");
}

// Calls back into the loop that destroys it.
class EventLoopEndTest : public EventLoopTest {
 protected:
  struct CallsBack {
    EventLoop* loop;
    TimerId timer;
    WatchId watch;
    ~CallsBack() {
      loop->CancelTimer(timer);
      loop->Unwatch(watch);
      loop->task_runner()->Post([] {});
    }
  };

  std::shared_ptr<CallsBack> calls_back_{new CallsBack{loop_.get(), TimerId(), WatchId()}};
};

TEST_F(EventLoopEndTest, ATaskMayUseTheLoopThatDestroysIt) {
  Post([held = std::move(calls_back_)] {});

  loop_.reset();
}

TEST_F(EventLoopEndTest, ATimerMayUseTheLoopThatDestroysIt) {
  CallsBack* calls_back = calls_back_.get();
  calls_back->timer = loop_->StartTimer(kForever, [held = std::move(calls_back_)] {});

  loop_.reset();
}

TEST_F(EventLoopEndTest, AWatchMayUseTheLoopThatDestroysIt) {
  ReadyPipe ready;
  CallsBack* calls_back = calls_back_.get();
  calls_back->watch =
      *loop_->Watch(ready.fd(), EPOLLIN, [held = std::move(calls_back_)](uint32_t) {});

  loop_.reset();
}

TEST_F(EventLoopTest, ATaskRunnerOutlivesItsLoop) {
  const std::shared_ptr<TaskRunner> runner = loop_->task_runner();
  auto held = std::make_shared<int>(0);
  loop_.reset();

  const bool posted = runner->Post([held] {});

  EXPECT_FALSE(posted);
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(EventLoopTest, PostingRacesWithTheEndOfTheLoop) {
  const std::shared_ptr<TaskRunner> runner = loop_->task_runner();
  auto held = std::make_shared<int>(0);
  std::thread other([&, held] {
    while (runner->Post([held] {})) {
    }
  });
  for (int i = 0; i < 100; ++i) loop_->Dispatch();

  loop_.reset();
  other.join();

  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(EventLoopTest, WhatATaskHoldsIsGoneBeforeTheNextTaskRuns) {
  auto held = std::make_shared<int>(0);
  std::weak_ptr<int> weak = held;
  Post([held = std::move(held)] {});
  Post([&] { log_ += weak.expired() ? "gone" : "there"; });

  loop_->Dispatch();

  EXPECT_EQ(log_, "gone");
}

using EventLoopDeathTest = EventLoopTest;

TEST_F(EventLoopDeathTest, RunningOnAnotherThreadIsABug) {
  EXPECT_DEATH(std::thread([&] { loop_->Run(); }).join(), "on the thread that created it");
}

TEST_F(EventLoopDeathTest, RunningInsideItsOwnCallbackIsABug) {
  EXPECT_DEATH(
      {
        Post([&] { loop_->Dispatch(); });
        loop_->Run();
      },
      "inside its own callback");
}

}  // namespace
}  // namespace ipc
