// Pinger, on a loop whose time the test moves.
#include "runtime/api/pinger.h"

#include <algorithm>
#include <memory>
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
  static constexpr milliseconds kInterval{1'000};
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

  // Moves time on, from timer to timer.
  void RunFor(milliseconds time) {
    const MonotonicTime end = now_ + time;
    RunUntil([&] { return loop_->next_timer() > end; });
    now_ = end;
  }
  template <typename F>
  void RunUntil(F is_done) {
    while (!is_done()) {
      now_ = std::max(now_, loop_->next_timer());
      ASSERT_NE(now_, kForever) << "nothing is due any more";
      Dispatch();
    }
  }
  // What is due, and what comes of it.
  void Dispatch() {
    for (int turns = 0; turns < 2; ++turns) loop_->Dispatch();
  }

  MonotonicTime now_{std::chrono::hours(1) + kInterval / 3};
  std::unique_ptr<EventLoop> loop_ = *EventLoop::CreateWithClock([this] { return now_; });
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
  Start();

  RunUntil([&] { return !told_.empty(); });
  RunFor(4 * kInterval);

  EXPECT_EQ(pings_, 1);
  EXPECT_THAT(told_, ElementsAre("unresponsive"));
}

// Its hello was the last sign of life.
TEST_F(PingerTest, WhoNeverAnswersIsNoticedWithinTheTimeItMayBeSilent) {
  answers_ = false;
  for (milliseconds into_a_turn : {milliseconds(0), kInterval / 2, kInterval - milliseconds(1)}) {
    now_ = MonotonicTime(std::chrono::hours(2) + into_a_turn);
    const MonotonicTime start = now_;
    told_.clear();
    Start();

    RunUntil([&] { return !told_.empty(); });

    EXPECT_GT(now_ - start, (kTurns - 1) * kInterval) << into_a_turn.count();
    EXPECT_LE(now_ - start, kTurns * kInterval) << into_a_turn.count();
  }
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

  now_ += 10 * kTurns * kInterval;
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
