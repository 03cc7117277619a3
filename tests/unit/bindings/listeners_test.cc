// Listeners and what their callables may do to them. The rules of order are the contract suite's.

#include "runtime/bindings/listeners.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Callable = std::function<void()>;

class ListenersTest : public testing::Test {
 protected:
  Callable Says(const std::string& word) {
    return [this, word] { said_.push_back(word); };
  }
  size_t Emit() {
    return listeners_->Emit("ch", [](Callable& callable) { callable(); });
  }
  // A callable that, when it is destroyed, undoes `other`.
  static Callable Holding(Subscription other) {
    return [other = std::make_shared<Subscription>(std::move(other))] {};
  }

  std::optional<Listeners<Callable>> listeners_{std::in_place, "Emitter", [](auto, auto) {}};
  std::vector<std::string> said_;
};

TEST_F(ListenersTest, ASubscriptionDestroyedDuringTheEmitSilencesItsListener) {
  std::optional<Subscription> third;
  listeners_->Append("ch", Says("first"));
  listeners_->Append("ch", [&] { third.reset(); });
  third = listeners_->AppendScoped("ch", Says("third"));

  Emit();

  EXPECT_THAT(said_, ElementsAre("first"));
  EXPECT_EQ(listeners_->count("ch"), 2u);
}

TEST_F(ListenersTest, AListenerMayDestroyItsOwnSubscription) {
  std::optional<Subscription> own;
  own = listeners_->AppendScoped("ch", [&] {
    said_.push_back("once");
    own.reset();
    said_.push_back("still whole");
  });

  Emit();
  Emit();

  EXPECT_THAT(said_, ElementsAre("once", "still whole"));
}

TEST_F(ListenersTest, AListenerThatIsRemovedMayTakeAnotherWithIt) {
  for (int i = 0; i < 3; ++i) listeners_->Append("ch", Says("neighbour"));
  ListenerId holder = listeners_->Append("ch", Holding(listeners_->AppendScoped("ch", [] {})));

  listeners_->Remove("ch", holder);

  EXPECT_EQ(listeners_->count("ch"), 3u);
}

TEST_F(ListenersTest, TheLastListenerOfAChannelMayTakeThoseOfOthersWithIt) {
  for (const char* channel : {"a", "b", "c"}) {
    listeners_->Append("ch", Holding(listeners_->AppendScoped(channel, [] {})));
  }

  listeners_->RemoveAll("ch");

  EXPECT_THAT(listeners_->channels(), IsEmpty());
}

TEST_F(ListenersTest, RemovingAllTakesThoseThatHoldEachOtherWithIt) {
  for (int i = 0; i < 20; ++i) {
    const std::string channel = "ch" + std::to_string(i);
    listeners_->Append("ch", Holding(listeners_->AppendScoped(channel, [] {})));
    listeners_->Append(channel, Holding(listeners_->AppendScoped("ch", [] {})));
  }

  listeners_->RemoveAll();

  EXPECT_THAT(listeners_->channels(), IsEmpty());
}

TEST_F(ListenersTest, AListenerMayRemoveThemAllAndAddOthers) {
  listeners_->Append("ch", [&] {
    listeners_->RemoveAll();
    for (int i = 0; i < 100; ++i) {
      listeners_->Append("ch" + std::to_string(i), [] {});
    }
    listeners_->Append("ch", Says("next time"));
  });
  listeners_->Append("ch", Says("still runs"));

  Emit();
  Emit();

  EXPECT_THAT(said_, ElementsAre("still runs", "next time"));
}

TEST_F(ListenersTest, AOnceListenerThatEmitsAgainIsNotCalledAgain) {
  listeners_->AppendOnce("ch", [&] {
    said_.push_back("once");
    Emit();
  });

  Emit();

  EXPECT_THAT(said_, ElementsAre("once"));
}

TEST_F(ListenersTest, AListenerThatOwnsItsOwnSubscriptionGoesWhenItIsRemoved) {
  auto alive = std::make_shared<int>(1);
  auto own = std::make_shared<Subscription>();
  *own = listeners_->AppendScoped("ch", [alive, own] {});
  own.reset();

  listeners_->RemoveAll("ch");

  EXPECT_EQ(alive.use_count(), 1);
}

TEST_F(ListenersTest, ASubscriptionMayOutliveThem) {
  Subscription subscription = listeners_->AppendScoped("ch", [] {});
  ListenerId holder = listeners_->Append("ch", Holding(listeners_->AppendScoped("ch", [] {})));
  EXPECT_NE(holder, ListenerId());

  listeners_.reset();

  Subscription replaced = std::move(subscription);
}

}  // namespace
}  // namespace ipc
