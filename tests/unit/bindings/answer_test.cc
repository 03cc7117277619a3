// What an answer logs. What travels is the contract suite's.

#include "runtime/bindings/answer.h"

#include <functional>
#include <memory>
#include <optional>
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
    return Answer(Responder(nullptr, CallId(1), call_), PayloadKind::kJson, WebContentsId(7),
                  std::make_shared<const LogSink>(
                      [this](LogLevel, std::string_view line) { log_.emplace_back(line); }));
  }

  const std::shared_ptr<IncomingCall> call_ =
      std::make_shared<IncomingCall>(std::make_shared<const std::string>("ask"), kForever, 0);
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

  call_->Stop();
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
  CallHandler(std::move(handler), std::move(event), IncomingParams({}, "", SchemaTable()),
              NewAnswer());
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

  call_->Stop();

  EXPECT_EQ(cancelled, 1);
}

TEST_F(AnswerTest, AHandlerThatFailsIsLoggedAlsoWhenNobodyWaits) {
  Ask();

  call_->Stop();
  resolver_->Reject(absl::DataLossError("the disk is gone"));

  EXPECT_THAT(
      log_, ElementsAre(
                "Error occurred in handler for 'ask' of WebContents #7: Error: the disk is gone"));
}

TEST_F(AnswerTest, APromiseWhoseCallerHasGoneBeforeIsCancelledAtOnce) {
  call_->Stop();
  int cancelled = 0;

  Ask();
  resolver_->OnCancel([&] { ++cancelled; });

  EXPECT_EQ(cancelled, 1);
}

}  // namespace
}  // namespace ipc
