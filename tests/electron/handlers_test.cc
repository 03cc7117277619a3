// Rules about invoke and its handler: 2, 4, 6, 8, 9 and 13.

#include <stdexcept>
#include <thread>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;

// Invokes `method` with what main sends on `go`, and reports the outcome.
RENDERER_BODY(InvokesWhenTold) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("go", [&](IpcRendererEvent&, const Args& args) {
    ipc.InvokeArgs("method", args).Then([&](absl::StatusOr<Value> outcome) {
      Report(renderer, Describe(outcome));
    });
  });
  renderer.Run();
}

TEST_P(ElectronContract, Rule02_TheScopedHandlerAloneAnswersWhereBothExist) {
  std::vector<std::string> called;
  WebContents& contents = StartRenderer("InvokesWhenTold");
  ASSERT_TRUE(contents.ipc()
                  .Handle("method",
                          [&](IpcMainInvokeEvent&, const Args&) {
                            called.push_back("scoped");
                            return Value(1);
                          })
                  .ok());
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent&, const Args&) {
                            called.push_back("main");
                            return Value(2);
                          })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "OK: 1");
  EXPECT_THAT(called, ElementsAre("scoped"));
}

TEST_P(ElectronContract, Rule02_MainsHandlerAnswersWhereTheRendererHasNone) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  WebContents& other = StartRenderer("InvokesWhenTold");
  auto handler = [](const char* name) {
    return [name](IpcMainInvokeEvent&, const Args&) { return Value(name); };
  };
  ASSERT_TRUE(other.ipc().Handle("method", handler("the other's")).ok());
  ASSERT_TRUE(ipc_main().Handle("method", handler("main's")).ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "OK: \"main's\"");
}

RENDERER_BODY(InvokesAndSendsOnOneChannel) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Send("both", "sent").IgnoreError();
  Report(renderer, Describe(Await(renderer, ipc.Invoke("both", "invoked"))));
  renderer.Run();
}

TEST_P(ElectronContract, Rule02_ListenersNeverSeeInvokesAndHandlersNeverSeeSends) {
  std::vector<std::string> listened;
  std::vector<std::string> handled;
  WebContents& contents = StartRenderer("InvokesAndSendsOnOneChannel");
  ipc_main().On("both",
                [&](IpcMainEvent&, const Args& args) { listened.push_back(args[0].string()); });
  contents.ipc_message().Add([&](IpcMainEvent&, std::string_view channel, const Args& args) {
    if (channel == "both") listened.push_back("observed " + args[0].string());
  });
  ASSERT_TRUE(ipc_main()
                  .Handle("both",
                          [&](IpcMainInvokeEvent&, const Args& args) {
                            handled.push_back(args[0].string());
                            return Value();
                          })
                  .ok());

  EXPECT_EQ(NextReport(), "OK: null");

  EXPECT_THAT(listened, ElementsAre("observed sent", "sent"));
  EXPECT_THAT(handled, ElementsAre("invoked"));
}

RENDERER_BODY(InvokesTwiceAtOnce) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  Promise<Value> first = ipc.Invoke("method");
  Promise<Value> second = ipc.Invoke("method");
  Report(renderer, Describe(Await(renderer, std::move(second))));
  ipc.Send("second-has-ended").IgnoreError();
  Report(renderer, Describe(Await(renderer, std::move(first))));
  renderer.Run();
}

TEST_P(ElectronContract, Rule04_HandleOnceIsRemovedBeforeItIsCalled) {
  Resolver<Value> resolver;
  StartRenderer("InvokesTwiceAtOnce");
  ASSERT_TRUE(ipc_main()
                  .HandleOnce("method",
                              [&](IpcMainInvokeEvent&, const Args&) { return resolver.promise(); })
                  .ok());
  ipc_main().On("second-has-ended", [&](auto&, const Args&) { resolver.Resolve(Value("late")); });

  EXPECT_EQ(NextReport(),
            "UNIMPLEMENTED: Error invoking remote method 'method': Error: No handler registered "
            "for 'method'");
  EXPECT_EQ(NextReport(), "OK: \"late\"");
}

RENDERER_BODY(SendsTwice) {
  renderer.ipc_renderer().Send("message", 1).IgnoreError();
  renderer.ipc_renderer().Send("message", 2).IgnoreError();
  Report(renderer, "sent");
  renderer.Run();
}

TEST_P(ElectronContract, Rule04_OnceIsRemovedBeforeItIsCalled) {
  std::vector<int64_t> heard;
  std::vector<size_t> counts;
  StartRenderer("SendsTwice");
  ipc_main().Once("message", [&](IpcMainEvent&, const Args& args) {
    heard.push_back(args[0].int64());
    counts.push_back(ipc_main().ListenerCount("message"));
  });

  NextReport();

  EXPECT_THAT(heard, ElementsAre(1));
  EXPECT_THAT(counts, ElementsAre(0u));
}

TEST_P(ElectronContract, Rule06_ASecondHandlerIsRefused) {
  auto handler = [](IpcMainInvokeEvent&, const Args&) { return Value("first"); };
  ASSERT_TRUE(ipc_main().Handle("method", handler).ok());

  absl::Status second = ipc_main().Handle("method", handler);
  absl::Status second_once = ipc_main().HandleOnce("method", handler);

  EXPECT_EQ(Describe(second),
            "ALREADY_EXISTS: Attempted to register a second handler for 'method'");
  EXPECT_EQ(second_once, second);
}

TEST_P(ElectronContract, Rule06_AHandlerMayComeAfterOneThatWasRemoved) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  auto handler = [](const char* name) {
    return [name](IpcMainInvokeEvent&, const Args&) { return Value(name); };
  };
  ASSERT_TRUE(ipc_main().Handle("method", handler("first")).ok());

  ipc_main().RemoveHandler("method");
  ipc_main().RemoveHandler("a channel without a handler");
  ASSERT_TRUE(ipc_main().Handle("method", handler("second")).ok());

  ASSERT_TRUE(contents.Send("go").ok());
  EXPECT_EQ(NextReport(), "OK: \"second\"");
}

TEST_P(ElectronContract, Rule08_AnInvokeWhoseReplyIsDroppedEndsAtOnce) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  ASSERT_TRUE(ipc_main()
                  .Handle("method", [](IpcMainInvokeEvent&,
                                       const Args&) { return Resolver<Value>().promise(); })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "ABORTED: Error invoking remote method 'method': reply was never sent");
}

TEST_P(ElectronContract, Rule08_AReplyDroppedLaterOnAnotherThreadEndsTheInvoke) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  std::jthread thread;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent&, const Args&) {
                            Resolver<Value> resolver;
                            Promise<Value> promise = resolver.promise();
                            thread = std::jthread([dropped = std::move(resolver)] {});
                            return promise;
                          })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "ABORTED: Error invoking remote method 'method': reply was never sent");
}

TEST_P(ElectronContract, Rule09_WhatAHandlerThrowsReachesTheCaller) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](IpcMainInvokeEvent&, const Args&) -> Promise<Value> {
                            throw std::runtime_error("some error");
                          })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'method': Error: some error");
  EXPECT_TRUE(
      HasLogged("Error occurred in handler for 'method' of WebContents #1: Error: some error"));
}

TEST_P(ElectronContract, Rule09_AFailureKeepsItsStatusCode) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](IpcMainInvokeEvent&, const Args&) -> Promise<Value> {
                            return absl::NotFoundError("no note 7");
                          })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(), "NOT_FOUND: Error invoking remote method 'method': Error: no note 7");
  EXPECT_TRUE(
      HasLogged("Error occurred in handler for 'method' of WebContents #1: Error: no note 7"));
}

TEST_P(ElectronContract, Rule09_APromiseThatFailsLaterReachesTheCaller) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  std::jthread thread;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent&, const Args&) {
                            Resolver<Value> resolver;
                            Promise<Value> promise = resolver.promise();
                            thread = std::jthread([resolver = std::move(resolver)]() mutable {
                              resolver.Reject(absl::DataLossError("the disk is gone"));
                            });
                            return promise;
                          })
                  .ok());

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(),
            "DATA_LOSS: Error invoking remote method 'method': Error: the disk is gone");
}

TEST_P(ElectronContract, Rule13_InvokeOnAChannelWithoutAHandlerIsRefused) {
  WebContents& contents = StartRenderer("InvokesWhenTold");
  ipc_main().On("method", [](auto&, const Args&) { ADD_FAILURE() << "a listener saw an invoke"; });

  ASSERT_TRUE(contents.Send("go").ok());

  EXPECT_EQ(NextReport(),
            "UNIMPLEMENTED: Error invoking remote method 'method': Error: No handler registered "
            "for 'method'");
}

}  // namespace
}  // namespace ipc
