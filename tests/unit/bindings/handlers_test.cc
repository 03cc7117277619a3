// Handlers and what their callables may do to them. The rules are the contract suite's.

#include "runtime/bindings/handlers.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using Callable = std::function<void()>;

class HandlersTest : public testing::Test {
 protected:
  void Add(
      const std::string& channel, Callable callable = [] {}) {
    ASSERT_TRUE(handlers_->Add(channel, std::move(callable)).ok());
  }
  // Adds a handler to `channel` that, when it is destroyed, takes that of `other` with it.
  void AddHolding(const std::string& channel, const std::string& other) {
    Add(channel, [scope = std::make_shared<Subscription>(handlers_->Scope(other))] {});
  }

  std::optional<Handlers<Callable>> handlers_{std::in_place};
};

TEST_F(HandlersTest, AHandlerMayRemoveItselfWhileItRuns) {
  int calls = 0;
  Add("ch", [&, word = std::string(100, 'x')] {
    handlers_->Remove("ch");
    calls += word == std::string(100, 'x') ? 1 : 0;
  });

  (*handlers_->Find("ch"))();

  EXPECT_EQ(calls, 1);
  EXPECT_EQ(handlers_->Find("ch"), nullptr);
}

TEST_F(HandlersTest, AHandlerThatIsRemovedMayTakeOthersWithIt) {
  for (int i = 0; i < 20; ++i) {
    const std::string name = std::to_string(i);
    Add("other" + name);
    AddHolding("ch" + name, "other" + name);
  }

  for (int i = 0; i < 20; ++i) handlers_->Remove("ch" + std::to_string(i));

  for (int i = 0; i < 20; ++i) EXPECT_FALSE(handlers_->contains("other" + std::to_string(i)));
}

TEST_F(HandlersTest, AScopeMayTakeOthersWithIt) {
  std::optional<Subscription> scope;
  Add("other");
  AddHolding("ch", "other");
  scope = handlers_->Scope("ch");

  scope.reset();

  EXPECT_FALSE(handlers_->contains("ch"));
  EXPECT_FALSE(handlers_->contains("other"));
}

TEST_F(HandlersTest, AScopeLeavesALaterHandlerAlone) {
  Add("ch");
  std::optional<Subscription> scope = handlers_->Scope("ch");
  handlers_->Remove("ch");
  Add("ch");

  scope.reset();

  EXPECT_TRUE(handlers_->contains("ch"));
}

TEST_F(HandlersTest, AHandlerForOneCallIsGoneBeforeItRuns) {
  ASSERT_TRUE(handlers_->AddOnce("ch", [&] { EXPECT_FALSE(handlers_->contains("ch")); }).ok());

  (*handlers_->Find("ch"))();
}

TEST_F(HandlersTest, AScopeMayOutliveThem) {
  Add("ch");
  std::optional<Subscription> scope = handlers_->Scope("ch");

  handlers_.reset();

  scope.reset();
}

}  // namespace
}  // namespace ipc
