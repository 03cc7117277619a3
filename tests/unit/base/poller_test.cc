// Pollers in an event loop, and how a sequence spins.
#include "runtime/base/poller.h"

#include <poll.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

class FakePoller final : public Poller {
 public:
  explicit FakePoller(std::function<void()> poll) : poll_(std::move(poll)) {}

  void Poll() override {
    ++polls;
    if (work > 0) --work;
    poll_();
  }
  bool HasWork() override { return work > 0; }
  void FallAsleep() override { is_asleep = true; }
  void WakeUp() override { is_asleep = false; }
  PeerPlace peer_place() const override { return place; }

  static constexpr int kNoEnd = 1'000'000'000;

  int polls = 0;
  int work = 0;  // how often it has some
  bool is_asleep = false;
  PeerPlace place = PeerPlace::kQuiet;

 private:
  const std::function<void()> poll_;
};

class PollerTest : public testing::Test {
 protected:
  bool IsReadable() {
    pollfd poll_fd{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
    return poll(&poll_fd, 1, 0) == 1;
  }

  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
};

TEST_F(PollerTest, APollerWithWorkIsPolledUntilItHasNone) {
  FakePoller poller([&] {
    if (poller.work == 0) loop_->Quit();
  });
  poller.work = 3;
  loop_->AddPoller(&poller);

  loop_->Run();

  EXPECT_EQ(poller.polls, 3);
}

TEST_F(PollerTest, APollerIsNotPolledWhenItIsAdded) {
  FakePoller poller([] {});
  poller.work = 1;

  loop_->AddPoller(&poller);

  EXPECT_EQ(poller.polls, 0);
  EXPECT_TRUE(IsReadable());
}

TEST_F(PollerTest, ADispatchEndsAsleepAndTheLoopIsQuiet) {
  FakePoller poller([] {});
  loop_->AddPoller(&poller);

  loop_->Dispatch();

  EXPECT_TRUE(poller.is_asleep);
  EXPECT_FALSE(IsReadable());
}

TEST_F(PollerTest, ADispatchThatLeavesWorkIsCalledAgain) {
  FakePoller poller([] {});
  poller.work = 2;
  loop_->AddPoller(&poller);

  loop_->Dispatch();
  EXPECT_TRUE(IsReadable());
  loop_->Dispatch();

  EXPECT_FALSE(IsReadable());
  EXPECT_EQ(poller.polls, 2);
}

TEST_F(PollerTest, WorkThatCameWhileTheLoopRestedIsRecheckedForWhenToldOf) {
  FakePoller poller([] {});
  loop_->AddPoller(&poller);
  loop_->Dispatch();
  ASSERT_FALSE(IsReadable());

  poller.work = 1;
  loop_->RecheckPollers();

  EXPECT_TRUE(IsReadable());
}

TEST_F(PollerTest, PollersTakeTurns) {
  std::string order;
  FakePoller a([&] { order += 'a'; });
  FakePoller b([&] { order += 'b'; });
  FakePoller c([&] {
    order += 'c';
    if (order.size() >= 9) loop_->Quit();
  });
  for (FakePoller* each : {&a, &b, &c}) {
    each->work = FakePoller::kNoEnd;
    loop_->AddPoller(each);
  }

  loop_->Run();

  EXPECT_EQ(order.substr(0, 9), "abcbcacab");
}

TEST_F(PollerTest, WhoHasNoWorkIsAskedAndNotPolled) {
  FakePoller idle([] {});
  FakePoller busy([&] {
    if (busy.work == 0) loop_->Quit();
  });
  busy.work = 2;
  for (FakePoller* each : {&idle, &busy}) loop_->AddPoller(each);

  loop_->Run();

  EXPECT_EQ(busy.polls, 2);
  EXPECT_EQ(idle.polls, 0);
}

TEST_F(PollerTest, APollerMayRemoveItselfAndOthers) {
  std::string order;
  FakePoller victim([&] { order += 'v'; });
  FakePoller last([&] {
    order += 'l';
    loop_->Quit();
  });
  FakePoller killer([&] {
    order += 'k';
    loop_->RemovePoller(&victim);
    loop_->RemovePoller(&killer);
  });
  for (FakePoller* each : {&killer, &victim, &last}) {
    each->work = FakePoller::kNoEnd;
    loop_->AddPoller(each);
  }

  loop_->Run();

  EXPECT_EQ(order, "kl");
}

TEST_F(PollerTest, TimersTasksAndDescriptorsHaveTheirTurnWhilePollersAreBusy) {
  FakePoller busy([] {});
  busy.work = FakePoller::kNoEnd;
  loop_->AddPoller(&busy);
  std::string order;
  std::thread other;
  loop_->StartTimer(loop_->Now() + milliseconds(2), [&] {
    order += "timer ";
    other = std::thread([&] {
      loop_->task_runner()->Post([&] {
        order += "task";
        loop_->Quit();
      });
    });
  });

  loop_->Run();
  other.join();

  EXPECT_EQ(order, "timer task");
  EXPECT_GT(busy.polls, 10);
}

TEST_F(PollerTest, APeerElsewhereIsLookedForAgainAndAgain) {
  int looks = 0;

  EXPECT_TRUE(
      SpinUntil(PeerPlace::kElsewhere, std::chrono::seconds(60), [&] { return ++looks == 100; }));
}

TEST_F(PollerTest, APeerOnThisProcessorIsLetRunOnce) {
  int looks = 0;

  EXPECT_FALSE(
      SpinUntil(PeerPlace::kOnThisProcessor, kDefaultSpinBudget, [&] { return ++looks, false; }));

  EXPECT_EQ(looks, 2);
}

TEST_F(PollerTest, NobodySpinsWithoutABudgetOrWithoutAReason) {
  for (auto [place, budget] : {std::pair(PeerPlace::kQuiet, kDefaultSpinBudget),
                               std::pair(PeerPlace::kElsewhere, microseconds(0)),
                               std::pair(PeerPlace::kOnThisProcessor, microseconds(0))}) {
    int looks = 0;
    EXPECT_FALSE(SpinUntil(place, budget, [&] { return ++looks, false; }));

    EXPECT_EQ(looks, 1);
  }
}

TEST_F(PollerTest, ASpinEndsWhenItsBudgetDoes) {
  const MonotonicTime start = loop_->Now();

  EXPECT_FALSE(SpinUntil(PeerPlace::kElsewhere, microseconds(300), [] { return false; }));

  EXPECT_GE(loop_->Now() - start, microseconds(300));
}

}  // namespace
}  // namespace ipc
