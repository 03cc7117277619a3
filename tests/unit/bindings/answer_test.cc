// What an answer logs. What travels is the contract suite's.

#include "runtime/bindings/answer.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/bindings/call_handler.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AnswerTest : public testing::Test {
 protected:
  // A call whose handler keeps the Resolver.
  void Ask() {
    AnswerWith<Value>(NewAnswer(), [this] { return resolver_.emplace().promise(); });
  }
  Answer NewAnswer() {
    Responder to_nobody(nullptr, CallId(1), kForever, caller_.get_token());
    return Answer(std::move(to_nobody), PayloadKind::kJson, "ask", WebContentsId(7),
                  [this](LogLevel, std::string_view line) { log_.emplace_back(line); });
  }

  std::stop_source caller_;
  std::optional<Resolver<Value>> resolver_;
  std::vector<std::string> log_;
};

TEST_F(AnswerTest, AHandlerThatDropsItsReplyIsLogged) {
  Ask();

  resolver_.reset();

  EXPECT_THAT(
      log_,
      ElementsAre("Error occurred in handler for 'ask' of WebContents #7: reply was never sent"));
}

TEST_F(AnswerTest, AHandlerThatDropsItsReplyBecauseNobodyWaitsIsNotLogged) {
  Ask();

  caller_.request_stop();
  resolver_.reset();

  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(AnswerTest, AHandlerAndItsEventAreKeptUntilTheAnswerIsGiven) {
  using Handler = std::function<void(std::shared_ptr<int>&, const IncomingParams&, Answer)>;
  auto event = std::make_shared<int>(1);
  const std::weak_ptr<int> weak_event = event;
  auto handler = std::make_shared<Handler>(
      [this](std::shared_ptr<int>&, const IncomingParams&, Answer answer) {
        AnswerWith<Value>(std::move(answer), [this] { return resolver_.emplace().promise(); });
      });
  const std::weak_ptr<Handler> weak_handler = handler;
  CallHandler(std::move(handler), std::move(event), IncomingParams({}, nullptr), NewAnswer());
  const bool is_kept = !weak_event.expired() && !weak_handler.expired();

  resolver_->Resolve(Value());

  EXPECT_TRUE(is_kept);
  EXPECT_TRUE(weak_event.expired());
  EXPECT_TRUE(weak_handler.expired());
}

TEST_F(AnswerTest, APromiseIsCancelledWhenNobodyWaits) {
  int cancelled = 0;
  Ask();
  resolver_->OnCancel([&] { ++cancelled; });

  caller_.request_stop();

  EXPECT_EQ(cancelled, 1);
}

TEST_F(AnswerTest, AHandlerThatFailsIsLoggedAlsoWhenNobodyWaits) {
  Ask();

  caller_.request_stop();
  resolver_->Reject(absl::DataLossError("the disk is gone"));

  EXPECT_THAT(
      log_, ElementsAre(
                "Error occurred in handler for 'ask' of WebContents #7: Error: the disk is gone"));
}

TEST_F(AnswerTest, APromiseWhoseCallerHasGoneBeforeIsCancelledAtOnce) {
  caller_.request_stop();
  int cancelled = 0;

  Ask();
  resolver_->OnCancel([&] { ++cancelled; });

  EXPECT_EQ(cancelled, 1);
}

}  // namespace
}  // namespace ipc
