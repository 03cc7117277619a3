// The stop token of a call, made when somebody asks.
#include "runtime/core/incoming_call.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "gtest/gtest.h"

namespace ipc {
namespace {

std::shared_ptr<IncomingCall> MakeCall() {
  return std::make_shared<IncomingCall>(std::make_shared<const std::string>("ask"), kForever, 0);
}

TEST(IncomingCallTest, ATokenAskedForBeforeTheStopIsTold) {
  const auto call = MakeCall();
  const std::stop_token token = call->stop_token();
  int told = 0;
  const std::stop_callback on_stop(token, [&] { ++told; });

  call->Stop();

  EXPECT_EQ(told, 1);
  EXPECT_TRUE(call->is_stopped());
}

TEST(IncomingCallTest, ATokenAskedForAfterTheStopIsToldAlready) {
  const auto call = MakeCall();

  call->Stop();

  EXPECT_TRUE(call->stop_token().stop_requested());
}

TEST(IncomingCallTest, AllTokensAreOfOneStop) {
  const auto call = MakeCall();

  EXPECT_EQ(call->stop_token(), call->stop_token());
}

TEST(IncomingCallTest, ATokenAskedForDuringTheStopIsTold) {
  for (int i = 0; i < 2000; ++i) {
    const auto call = MakeCall();
    std::atomic<bool> may_go = false;
    std::stop_token token;
    std::thread asks([&] {
      while (!may_go) {
      }
      token = call->stop_token();
    });

    may_go = true;
    call->Stop();
    asks.join();

    ASSERT_TRUE(token.stop_requested());
  }
}

}  // namespace
}  // namespace ipc
