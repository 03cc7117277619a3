// Main asks a renderer: webContents.invoke, which Electron does not have, under the rules of
// ipcRenderer.invoke.

#include <future>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::HasSubstr;

RENDERER_BODY(Answers) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  Resolver<Value> owed;
  std::vector<std::stop_token> stopped;
  ipc.Handle("add",
             [](IpcRendererInvokeEvent&, const Args& args) -> Promise<Value> {
               return Value(args[0].int64() + args[1].int64());
             })
      .IgnoreError();
  ipc.Handle("fail",
             [](IpcRendererInvokeEvent&, const Args&) -> Promise<Value> {
               throw std::runtime_error("not today");
             })
      .IgnoreError();
  ipc.HandleOnce("once", [](auto&, const Args&) -> Promise<Value> { return Value("once"); })
      .IgnoreError();
  ipc.Handle("never",
             [&](IpcRendererInvokeEvent& event, const Args&) {
               stopped.push_back(event.stop_token());
               Report(renderer, "asked");
               return owed.promise();
             })
      .IgnoreError();
  ipc.On("stopped?", [&](auto&, const Args&) { Report(renderer, stopped.at(0).stop_requested()); });
  Report(renderer, "ready");
  renderer.Run();
}

class AskContract : public ElectronContract {
 protected:
  std::string Outcome(Promise<Value> promise) {
    std::optional<absl::StatusOr<Value>> outcome;
    std::move(promise).Then([&](absl::StatusOr<Value> settled) { outcome = std::move(settled); });
    RunUntil([&] { return outcome.has_value(); });
    return Describe(*outcome);
  }
  WebContents& StartAnswering() {
    WebContents& contents = StartRenderer("Answers");
    EXPECT_EQ(NextReport(), "ready");
    return contents;
  }
};

TEST_P(AskContract, Ask_TheHandlerOfTheRendererAnswersMain) {
  WebContents& contents = StartAnswering();

  EXPECT_EQ(Outcome(contents.Invoke("add", 1, 2)), "OK: 3");
  EXPECT_EQ(Outcome(contents.main_frame()->Invoke("add", 3, 4)), "OK: 7");
}

TEST_P(AskContract, Ask_WhatIsAskedBeforeTheHelloWaits) {
  WebContents* contents = nullptr;
  std::optional<Promise<Value>> answer;
  StartRenderer("Answers", [&](WebContents& created) {
    contents = &created;
    answer = created.Invoke("add", 20, 22);
  });

  EXPECT_EQ(Outcome(*std::move(answer)), "OK: 42");
}

TEST_P(AskContract, Ask_ARendererWithoutAHandlerRefuses) {
  WebContents& contents = StartAnswering();

  EXPECT_EQ(Outcome(contents.Invoke("nothing")),
            "UNIMPLEMENTED: Error invoking remote method 'nothing': Error: No handler registered "
            "for 'nothing'");
}

TEST_P(AskContract, Ask_AHandlerForOneCallAnswersOne) {
  WebContents& contents = StartAnswering();
  Promise<Value> first = contents.Invoke("once");
  Promise<Value> second = contents.Invoke("once");

  EXPECT_EQ(Outcome(std::move(first)), "OK: \"once\"");
  EXPECT_THAT(Outcome(std::move(second)), HasSubstr("No handler registered for 'once'"));
}

RENDERER_BODY(AnswersInAChildFrame) {
  RendererFrame* child = *renderer.main_frame().CreateFrame();
  child->ipc_renderer()
      .Handle("who", [](auto&, const Args&) -> Promise<Value> { return Value("the child"); })
      .IgnoreError();
  child->ipc_renderer().Send("ready").IgnoreError();
  renderer.Run();
}

TEST_P(AskContract, Ask_AFrameAnswersForItself) {
  WebContents& contents = StartRenderer("AnswersInAChildFrame");
  std::shared_ptr<WebFrameMain> child;
  ipc_main().On("ready", [&](IpcMainEvent& event, const Args&) { child = event.sender_frame(); });
  RunUntil([&] { return child != nullptr; });

  EXPECT_EQ(Outcome(child->Invoke("who")), "OK: \"the child\"");
  EXPECT_THAT(Outcome(contents.Invoke("who")), HasSubstr("No handler registered for 'who'"));
}

RENDERER_BODY(ReplacesItsHandler) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  auto answers = [](std::string who) {
    return [who](auto&, const Args&) -> Promise<Value> { return Value(who); };
  };
  ipc.Handle("who", answers("first")).IgnoreError();
  Report(renderer, Describe(ipc.Handle("who", answers("second"))));
  ipc.RemoveHandler("who");
  ipc.RemoveHandler("a channel without a handler");
  Report(renderer, Describe(ipc.Handle("who", answers("third"))));
  renderer.Run();
}

TEST_P(AskContract, Ask_ASecondHandlerIsRefusedUnlessTheFirstWasRemoved) {
  WebContents& contents = StartRenderer("ReplacesItsHandler");

  EXPECT_EQ(NextReport(), "ALREADY_EXISTS: Attempted to register a second handler for 'who'");
  EXPECT_EQ(NextReport(), "OK: ");
  EXPECT_EQ(Outcome(contents.Invoke("who")), "OK: \"third\"");
}

TEST_P(AskContract, Ask_WhatAHandlerThrowsReachesMain) {
  WebContents& contents = StartAnswering();

  EXPECT_EQ(Outcome(contents.Invoke("fail")),
            "UNKNOWN: Error invoking remote method 'fail': Error: not today");
}

TEST_P(AskContract, Ask_HasADeadlineAlways) {
  options().limits.ask_timeout = milliseconds(20);
  WebContents& contents = StartAnswering();

  EXPECT_EQ(Outcome(contents.Invoke("never")),
            "DEADLINE_EXCEEDED: Error invoking remote method 'never': Error: no answer within 20 "
            "ms");
  EXPECT_EQ(Outcome(contents.InvokeArgs("never", {}, CallOptions(milliseconds(10)))),
            "DEADLINE_EXCEEDED: Error invoking remote method 'never': Error: no answer within 10 "
            "ms");
}

TEST_P(AskContract, Ask_DroppingThePromiseTellsTheHandler) {
  WebContents& contents = StartAnswering();
  std::optional<Promise<Value>> answer = contents.Invoke("never");
  EXPECT_EQ(NextReport(), "asked");

  answer.reset();

  ASSERT_TRUE(contents.Send("stopped?").ok());
  EXPECT_EQ(NextReport(), true);
}

TEST_P(AskContract, Ask_EndsWithTheProcessThatIsAsked) {
  WebContents& contents = StartAnswering();
  Promise<Value> answer = contents.Invoke("never");
  EXPECT_EQ(NextReport(), "asked");

  KillRenderer(contents);

  EXPECT_THAT(Outcome(std::move(answer)),
              HasSubstr("UNAVAILABLE: Error invoking remote method 'never': Error: the other "
                        "process is gone ("));
}

TEST_P(AskContract, Ask_AnyThreadMayAskByTheReference) {
  WebContentsRef ref = StartAnswering().ref();
  absl::StatusOr<Value> sum = absl::UnknownError("no answer");

  RunBeside([&] {
    std::promise<absl::StatusOr<Value>> answered;
    ref.Invoke("add", 1, 1).Then([&](absl::StatusOr<Value> answer) {
      answered.set_value(std::move(answer));
    });
    sum = answered.get_future().get();
    auto dropped = ref.Invoke("never");
  });

  EXPECT_EQ(Describe(sum), "OK: 2");
}

TEST_P(AskContract, Ask_ADestroyedWebContentsAnswersUnavailable) {
  WebContents& contents = StartAnswering();
  WebContentsRef ref = contents.ref();
  CloseRenderer(contents);

  EXPECT_THAT(Outcome(ref.Invoke("add", 1, 1)),
              testing::MatchesRegex("UNAVAILABLE: Error invoking remote method 'add': Error: "
                                    "the renderer of WebContents #[0-9]+ is gone"));
}

RENDERER_BODY(AnswersAndAsksSync) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Handle("ready?", [](auto&, const Args&) -> Promise<Value> { return Value(true); })
      .IgnoreError();
  Report(renderer, Describe(ipc.SendSync("question")));
  renderer.Run();
}

// Main waits for the renderer, and the renderer for main.
TEST_P(AskContract, Ask_AWaitThatCouldNeverEndIsFoundAndNamed) {
  StartRenderer("AnswersAndAsksSync");
  std::optional<IpcMainEvent> question;
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    event.sender().Invoke("ready?").Then(
        [event](absl::StatusOr<Value> ready) { event.SetReturnValue(Describe(ready)); });
  });

  EXPECT_THAT(NextReport().string(),
              testing::MatchesRegex(
                  "OK: \"FAILED_PRECONDITION: Error invoking remote method 'ready\\?': Error: "
                  "WebContents #[0-9]+ waits in sendSync\\('question'\\), and answers nothing "
                  "before that is answered\""));
}

TEST_P(AskContract, Ask_WhoHasAnsweredTheSendSyncMayAsk) {
  StartRenderer("AnswersAndAsksSync");
  std::optional<absl::StatusOr<Value>> ready;
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    event.sender().Invoke("ready?").Then(
        [&](absl::StatusOr<Value> answer) { ready = std::move(answer); });
    event.SetReturnValue("first");
  });

  EXPECT_EQ(NextReport(), "OK: \"first\"");
  RunUntil([&] { return ready.has_value(); });
  EXPECT_EQ(Describe(*ready), "OK: true");
}

TEST_P(AskContract, Ask_WhileARendererWaitsInSendSyncIsLogged) {
  std::optional<IpcMainEvent> question;
  WebContents& contents = StartRenderer("AnswersAndAsksSync");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) { question = event; });
  RunUntil([&] { return question.has_value(); });
  Promise<Value> answer = contents.Invoke("ready?");

  EXPECT_TRUE(HasLogged("WebContents #" + std::to_string(contents.id().value()) +
                        " is asked 'ready?' while it waits in sendSync('question'): it answers "
                        "after that"));
  question->SetReturnValue("now");
  question.reset();
  EXPECT_EQ(Outcome(std::move(answer)), "OK: true");
}

INSTANTIATE_TEST_SUITE_P(Pipes, AskContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
