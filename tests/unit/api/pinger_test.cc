// Pinger, on a real loop with short turns.
#include "runtime/api/pinger.h"

#include <poll.h>

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PingerTest : public testing::Test {
 protected:
  static constexpr milliseconds kInterval{5};
  static constexpr int64_t kTurns = 4;  // of silence that are too many

  void Start() {
    pinger_.emplace(
        *loop_, Pinger::Options{.interval = kInterval, .unresponsive_after = kTurns * kInterval},
        Pinger::Upcalls{.ping =
                            [this](CallId id) {
                              ++pings_;
                              last_ping_ = id;
                              if (answers_) Answer();
                            },
                        .unresponsive = [this] { told_.push_back("unresponsive"); },
                        .responsive = [this] { told_.push_back("responsive"); }});
    pinger_->Start();
  }

  // As an answer comes: by a task of the loop.
  void Answer() {
    loop_->task_runner()->Post([this, id = last_ping_] { pinger_->OnPong(id); });
  }

  template <typename F>
  void RunUntil(F is_done) {
    while (!is_done()) {
      pollfd ready{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
      ASSERT_EQ(poll(&ready, 1, 10'000), 1);
      loop_->Dispatch();
    }
  }
  void RunFor(milliseconds time) {
    bool is_over = false;
    loop_->StartTimer(loop_->Now() + time, [&] { is_over = true; });
    RunUntil([&] { return is_over; });
  }

  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  std::optional<Pinger> pinger_;
  bool answers_ = true;
  int pings_ = 0;
  CallId last_ping_;
  std::vector<std::string> told_;
};

TEST_F(PingerTest, WhoAnswersIsAskedAgainAndAgain) {
  Start();

  RunUntil([&] { return pings_ == 10; });

  EXPECT_EQ(last_ping_, CallId(10));
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(PingerTest, WhoIsSilentForTooManyTurnsIsUnresponsiveOnceAndIsAskedOnce) {
  answers_ = false;
  const MonotonicTime start = loop_->Now();
  Start();

  RunUntil([&] { return !told_.empty(); });
  const auto noticed_after = loop_->Now() - start;
  RunFor(4 * kInterval);

  EXPECT_GE(noticed_after, kTurns * kInterval);
  EXPECT_EQ(pings_, 1);
  EXPECT_THAT(told_, ElementsAre("unresponsive"));
}

TEST_F(PingerTest, AnAnswerMakesItResponsiveAgain) {
  answers_ = false;
  Start();
  RunUntil([&] { return !told_.empty(); });

  answers_ = true;
  Answer();
  RunUntil([&] { return pings_ == 4; });

  EXPECT_THAT(told_, ElementsAre("unresponsive", "responsive"));
}

TEST_F(PingerTest, AnAnswerToAnotherPingCountsForNothing) {
  answers_ = false;
  Start();
  RunUntil([&] { return pings_ == 1; });

  pinger_->OnPong(CallId(0));
  pinger_->OnPong(CallId(2));
  RunUntil([&] { return !told_.empty(); });

  EXPECT_EQ(pings_, 1);
  EXPECT_THAT(told_, ElementsAre("unresponsive"));
}

TEST_F(PingerTest, TimeThatOurOwnLoopWasHeldUpIsOneTurn) {
  Start();
  RunUntil([&] { return pings_ == 2; });

  const MonotonicTime held_up_until = loop_->Now() + 10 * kTurns * kInterval;
  while (loop_->Now() < held_up_until) {
  }
  RunUntil([&] { return pings_ == 10; });

  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(PingerTest, PingersOfOneIntervalHaveTheirTurnsAtTheSameMoments) {
  Start();
  const MonotonicTime first = loop_->next_timer();
  RunFor(kInterval / 2);

  Start();

  EXPECT_EQ((loop_->next_timer() - first) % kInterval, std::chrono::nanoseconds(0));
}

TEST_F(PingerTest, AStoppedOneAsksNobody) {
  Start();
  RunUntil([&] { return pings_ == 2; });

  pinger_->Stop();
  RunFor(4 * kInterval);

  EXPECT_EQ(pings_, 2);
}

TEST_F(PingerTest, AnIntervalOfZeroIsNever) {
  pinger_.emplace(*loop_, Pinger::Options{.interval = milliseconds(0)},
                  Pinger::Upcalls{.ping = [this](CallId) { ++pings_; }});

  pinger_->Start();
  RunFor(4 * kInterval);

  EXPECT_EQ(pings_, 0);
}

}  // namespace
}  // namespace ipc
