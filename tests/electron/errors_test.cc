// What a failure carries beside its text: a name, a code, a cause. The text is Electron's always.

#include <exception>
#include <stdexcept>

#include "runtime/bindings/error.h"
#include "tests/electron/contract.h"

namespace ipc {
namespace {

Value ToValue(const ErrorDetails& details) {
  Object object = {{"message", details.message}, {"name", details.name}, {"code", details.code}};
  if (details.cause != nullptr) object.Append("cause", ToValue(*details.cause));
  return object;
}

// Fails by both verbs; of each the outcome and the details.
RENDERER_BODY(FailsByBothVerbs) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  const absl::StatusOr<Value> invoked = Await(renderer, ipc.Invoke("method"));
  const absl::StatusOr<Value> asked = ipc.SendSync("method");
  for (const absl::Status& error : {invoked.status(), asked.status()}) {
    Report(renderer, Describe(error));
    Report(renderer, ToValue(ErrorDetails::From(error)));
  }
  renderer.Run();
}

[[noreturn]] void ThrowNotFound() {
  throw Error({.message = "no note 7",
               .name = "NotFoundError",
               .code = Object{{"errno", 2}, {"key", Bytes{1, 2, 3}}},
               .cause = std::make_shared<ErrorDetails>(
                   ErrorDetails{.message = "no such file", .code = "ENOENT"})},
              absl::StatusCode::kNotFound);
}

const Value& NotFoundDetails() {
  static const Value details =
      Object{{"message", "no note 7"},
             {"name", "NotFoundError"},
             {"code", Object{{"errno", 2}, {"key", Bytes{1, 2, 3}}}},
             {"cause", Object{{"message", "no such file"}, {"name", "Error"}, {"code", "ENOENT"}}}};
  return details;
}

TEST_P(ElectronContract, Rule09_AFailureKeepsItsNameItsCodeAndItsCause) {
  StartRenderer("FailsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method", [](auto&, const Args&) -> Promise<Value> { ThrowNotFound(); })
                  .ok());
  ipc_main().On("method", [](auto&, const Args&) { ThrowNotFound(); });

  for (int verb = 0; verb < 2; ++verb) {
    EXPECT_EQ(NextReport(), "NOT_FOUND: Error invoking remote method 'method': Error: no note 7");
    EXPECT_EQ(NextReport(), NotFoundDetails());
  }
}

TEST_P(ElectronContract, Rule09_AFailureThatComesLaterKeepsThemToo) {
  StartRenderer("FailsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](auto&, const Args&) {
                            Promise<Value> started = Value(1);
                            return std::move(started).Then(
                                [](absl::StatusOr<Value>) -> Value { ThrowNotFound(); });
                          })
                  .ok());
  ipc_main().On("method", [](auto&, const Args&) { ThrowNotFound(); });

  for (int verb = 0; verb < 2; ++verb) {
    EXPECT_EQ(NextReport(), "NOT_FOUND: Error invoking remote method 'method': Error: no note 7");
    EXPECT_EQ(NextReport(), NotFoundDetails());
  }
}

TEST_P(ElectronContract, Rule09_WhatAnExceptionWasThrownAroundIsItsCause) {
  StartRenderer("FailsByBothVerbs");
  auto fail = [] {
    try {
      throw std::runtime_error("the disk is full");
    } catch (...) {
      std::throw_with_nested(std::runtime_error("not saved"));
    }
  };
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](auto&, const Args&) -> Promise<Value> {
                            fail();
                            return Value();
                          })
                  .ok());
  ipc_main().On("method", [&](auto&, const Args&) { fail(); });

  const Value cause = Object{{"message", "the disk is full"}, {"name", "Error"}, {"code", nullptr}};
  for (int verb = 0; verb < 2; ++verb) {
    EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'method': Error: not saved");
    EXPECT_EQ(
        NextReport(),
        Value(Object{
            {"message", "not saved"}, {"name", "Error"}, {"code", nullptr}, {"cause", cause}}));
  }
}

TEST_P(ElectronContract, Rule09_AFailureThatIsOnlyATextIsItsMessage) {
  StartRenderer("FailsByBothVerbs");

  const Value details = Object{
      {"message", "No handler registered for 'method'"}, {"name", "Error"}, {"code", nullptr}};
  for (int verb = 0; verb < 2; ++verb) {
    EXPECT_EQ(NextReport(),
              "UNIMPLEMENTED: Error invoking remote method 'method': Error: No handler registered "
              "for 'method'");
    EXPECT_EQ(NextReport(), details);
  }
}

TEST_P(ElectronContract, Rule09_DetailsThatDoNotFitCostThemselves) {
  options().limits.message_bytes = 200;
  StartRenderer("FailsByBothVerbs");
  auto fail = [] { throw Error({.message = "it failed", .code = std::string(2000, 'x')}); };
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](auto&, const Args&) -> Promise<Value> {
                            fail();
                            return Value();
                          })
                  .ok());
  ipc_main().On("method", [&](auto&, const Args&) { fail(); });

  const Value details = Object{{"message", "it failed"}, {"name", "Error"}, {"code", nullptr}};
  for (int verb = 0; verb < 2; ++verb) {
    EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'method': Error: it failed");
    EXPECT_EQ(NextReport(), details);
  }
}

}  // namespace
}  // namespace ipc
