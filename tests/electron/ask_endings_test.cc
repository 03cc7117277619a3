// The closed list of the contract once more, in the other direction: what main asks of a renderer
// ends with the same status and text. ask_test.cc has the outcomes that are not here.

#include <stop_token>
#include <thread>

#include "runtime/bindings/error.h"
#include "tests/electron/contract.h"

namespace ipc {
namespace {

class AskEndingContract : public ElectronContract {
 protected:
  // Drives main until the call has ended; its end in one line.
  std::string EndOf(Promise<Value> call) { return Describe(OutcomeOf(std::move(call))); }
  absl::StatusOr<Value> OutcomeOf(Promise<Value> call) {
    std::optional<absl::StatusOr<Value>> outcome;
    std::move(call).Then([&](absl::StatusOr<Value> settled) { outcome = std::move(settled); });
    RunUntil([&] { return outcome.has_value(); });
    return *std::move(outcome);
  }
  // A renderer whose handlers are there.
  WebContents& StartReady(std::string_view body) {
    WebContents& contents = StartRenderer(body);
    EXPECT_EQ(NextReport(), "ready");
    return contents;
  }
};

// One handler for each way to answer.
RENDERER_BODY(AnswersInEveryWay) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  using Event = IpcRendererInvokeEvent;
  std::vector<Resolver<Value>> owed;
  bool all = true;
  auto handle = [&](const char* channel, IpcRenderer::Handler handler) {
    all = all && ipc.Handle(channel, std::move(handler)).ok();
  };
  handle("add", [](Event&, const Args& args) { return Value(args[0].int64() + args[1].int64()); });
  handle("refuse", [](Event&, const Args&) -> Promise<Value> {
    return absl::FailedPreconditionError("not while it rains");
  });
  handle("throw", [](Event&, const Args&) -> Promise<Value> {
    throw Error({.message = "no note 7", .name = "NotFoundError", .code = "ENOENT"});
  });
  handle("drop", [](Event&, const Args&) { return Resolver<Value>().promise(); });
  handle("wait", [&](Event&, const Args&) {
    Resolver<Value>& resolver = owed.emplace_back();
    resolver.OnCancel([&] { Report(renderer, "cancelled"); });
    Report(renderer, "waits");
    return resolver.promise();
  });
  handle("repeat", [](Event&, const Args& args) {
    return Value(std::string(static_cast<size_t>(args[0].int64()), 'x'));
  });
  handle("leave", [&](Event&, const Args&) {
    renderer.Quit();
    return owed.emplace_back().promise();
  });
  Report(renderer, all ? "ready" : "a handler was refused");
  renderer.Run();
}

TEST_P(AskEndingContract, Ending_AFailureOfARendererArrivesWithItsCode) {
  WebContents& contents = StartReady("AnswersInEveryWay");

  EXPECT_EQ(
      EndOf(contents.Invoke("refuse")),
      "FAILED_PRECONDITION: Error invoking remote method 'refuse': Error: not while it rains");
}

TEST_P(AskEndingContract, Rule09_AFailureOfARendererKeepsItsNameAndItsCode) {
  WebContents& contents = StartReady("AnswersInEveryWay");

  const absl::Status error = OutcomeOf(contents.Invoke("throw")).status();

  EXPECT_EQ(Describe(error), "UNKNOWN: Error invoking remote method 'throw': Error: no note 7");
  const ErrorDetails details = ErrorDetails::From(error);
  EXPECT_EQ(details.message, "no note 7");
  EXPECT_EQ(details.name, "NotFoundError");
  EXPECT_EQ(details.code, "ENOENT");
}

TEST_P(AskEndingContract, Ending_AnAnswerThatARendererDropsIsAnEnd) {
  WebContents& contents = StartReady("AnswersInEveryWay");

  EXPECT_EQ(EndOf(contents.Invoke("drop")),
            "ABORTED: Error invoking remote method 'drop': reply was never sent");
}

TEST_P(AskEndingContract, Ending_TooManyAsksAreRefused) {
  options().limits.calls_in_flight = 2;
  WebContents& contents = StartReady("AnswersInEveryWay");
  Promise<Value> first = contents.Invoke("wait");
  Promise<Value> second = contents.Invoke("wait");

  EXPECT_EQ(EndOf(contents.Invoke("add", 1, 2)),
            "RESOURCE_EXHAUSTED: Error invoking remote method 'add': Error: too many calls in "
            "flight (2)");
}

TEST_P(AskEndingContract, Ending_TooLargeAnAskOrAnswerIsRefused) {
  options().limits.message_bytes = 1000;
  WebContents& contents = StartReady("AnswersInEveryWay");
  const std::string refused =
      "OUT_OF_RANGE: Error invoking remote method 'repeat': Error: 1001 bytes, the limit is 1000";

  EXPECT_EQ(EndOf(contents.Invoke("repeat", std::string(997, 'x'))), refused);
  EXPECT_EQ(EndOf(contents.Invoke("repeat", 999)), refused);
  EXPECT_EQ(EndOf(contents.Invoke("repeat", 998)), "OK: \"" + std::string(998, 'x') + "\"");
}

TEST_P(AskEndingContract, Ending_AStopTokenCancelsAnAsk) {
  WebContents& contents = StartReady("AnswersInEveryWay");
  std::stop_source stop;
  const CallOptions options(stop.get_token());
  Promise<Value> call = contents.ref().InvokeArgs("wait", {}, options);
  EXPECT_EQ(NextReport(), "waits");

  std::jthread([&] { stop.request_stop(); }).join();

  const char* cancelled = "CANCELLED: Error invoking remote method 'wait': Error: cancelled";
  EXPECT_EQ(EndOf(std::move(call)), cancelled);
  EXPECT_EQ(NextReport(), "cancelled");
  EXPECT_EQ(EndOf(contents.ref().InvokeArgs("wait", {}, options)), cancelled);
}

TEST_P(AskEndingContract, Ending_AnAskEndsWhenTheRendererLeaves) {
  WebContents& contents = StartReady("AnswersInEveryWay");

  EXPECT_EQ(EndOf(contents.Invoke("leave")),
            "UNAVAILABLE: Error invoking remote method 'leave': Error: the other process is gone "
            "(closed)");
}

INSTANTIATE_TEST_SUITE_P(Pipes, AskEndingContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
