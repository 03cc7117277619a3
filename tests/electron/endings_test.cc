// The closed list of the contract, "How a call can end": each outcome with its status and its exact
// text.

#include <map>
#include <stop_token>
#include <thread>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;

constexpr milliseconds kShort{20};

// Calls `method` by both verbs and reports how they end.
RENDERER_BODY(CallsByBothVerbs) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  Report(renderer, Describe(Await(renderer, ipc.Invoke("method", 1, 2))));
  Report(renderer, Describe(ipc.SendSync("method", 1, 2)));
  renderer.Run();
}

RENDERER_BODY(UsesWhatIsNotAllowed) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Send("method").IgnoreError();
  Report(renderer, Describe(Await(renderer, ipc.Invoke("method"))));
  Report(renderer, Describe(ipc.SendSync("method")));
  Report(renderer, Describe(ipc.SendSync("unsure")));
  ipc.Send("allowed").IgnoreError();
  renderer.Run();
}

TEST_P(ElectronContract, Ending_AValueArrives) {
  StartRenderer("CallsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](auto&, const Args& args) -> Promise<Value> {
                            return Value(args[0].int64() + args[1].int64());
                          })
                  .ok());
  ipc_main().On("method", [](IpcMainEvent& event, const Args& args) {
    event.SetReturnValue(args[0].int64() - args[1].int64());
  });

  EXPECT_EQ(NextReport(), "OK: 3");
  EXPECT_EQ(NextReport(), "OK: -1");
}

TEST_P(ElectronContract, Ending_AValueMayComeLaterFromAnotherThread) {
  StartRenderer("CallsByBothVerbs");
  std::jthread thread;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](auto&, const Args&) {
                            Resolver<Value> resolver;
                            Promise<Value> promise = resolver.promise();
                            thread = std::jthread([resolver = std::move(resolver)]() mutable {
                              resolver.Resolve(Value(std::string(100'000, 'x')));
                              resolver.Resolve(Value("later ones do not count"));
                            });
                            return promise;
                          })
                  .ok());

  EXPECT_EQ(NextReport(), "OK: \"" + std::string(100'000, 'x') + "\"");
}

TEST_P(ElectronContract, Ending_AHandlersFailureArrivesWithItsCode) {
  StartRenderer("CallsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](auto&, const Args&) -> Promise<Value> {
                            return absl::FailedPreconditionError("not while it rains");
                          })
                  .ok());
  ipc_main().On("method", [](auto&, const Args&) { throw std::runtime_error("some error"); });

  EXPECT_EQ(NextReport(),
            "FAILED_PRECONDITION: Error invoking remote method 'method': Error: not while it "
            "rains");
  EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'method': Error: some error");
}

TEST_P(ElectronContract, Ending_AFailureMayHaveATextThatIsNotUtf8) {
  StartRenderer("CallsByBothVerbs");
  ASSERT_TRUE(
      ipc_main()
          .Handle("method",
                  [](auto&, const Args&) -> Promise<Value> { throw std::runtime_error("caf\xe9"); })
          .ok());

  EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'method': Error: caf\xef\xbf\xbd");
}

TEST_P(ElectronContract, Ending_AFailureMayHaveAnEndlessText) {
  StartRenderer("CallsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [](auto&, const Args&) -> Promise<Value> {
                            throw std::runtime_error(std::string(1'000'000, 'e'));
                          })
                  .ok());

  EXPECT_THAT(NextReport().string(),
              testing::StartsWith("UNKNOWN: Error invoking remote method 'method': Error: eeee"));
}

TEST_P(ElectronContract, Ending_NoHandlerAndNoListenerAreRefusedAlike) {
  StartRenderer("CallsByBothVerbs");

  const char* refused =
      "UNIMPLEMENTED: Error invoking remote method 'method': Error: No handler registered for "
      "'method'";
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), refused);
}

TEST_P(ElectronContract, Ending_WhatMainDoesNotAllowIsRefused) {
  options().allow = [](const MessageOrigin&, std::string_view channel) {
    if (channel == "unsure") throw std::runtime_error("who knows");
    return channel != "method";
  };
  WebContents& contents = StartRenderer("UsesWhatIsNotAllowed");
  std::vector<std::string> heard;
  contents.ipc_message().Add([&](auto&, std::string_view channel, auto&) {
    if (channel != "report") heard.emplace_back(channel);
  });
  ASSERT_TRUE(
      ipc_main().Handle("method", [](auto&, const Args&) -> Promise<Value> { return 1; }).ok());
  ipc_main().On("method", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });

  const char* refused =
      "PERMISSION_DENIED: Error invoking remote method 'method': Error: 'method' is not allowed "
      "for this renderer";
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(),
            "PERMISSION_DENIED: Error invoking remote method 'unsure': Error: 'unsure' is not "
            "allowed for this renderer");
  RunUntil([&] { return !heard.empty(); });
  EXPECT_THAT(heard, ElementsAre("allowed"));
  EXPECT_EQ(main().refused_messages(), 4u);
  const std::string who = "WebContents #" + std::to_string(contents.id().value());
  EXPECT_TRUE(HasLogged(who + " used 'method', which is not allowed for it (1 such in all)"));
  EXPECT_TRUE(
      HasLogged(who + " used 'unsure', which is not allowed for it: who knows (4 such in all)"));
}

TEST_P(ElectronContract, Ending_AReplyThatIsDroppedIsAnAnswer) {
  StartRenderer("CallsByBothVerbs");
  ASSERT_TRUE(ipc_main()
                  .Handle("method", [](auto&, const Args&) { return Resolver<Value>().promise(); })
                  .ok());
  ipc_main().On("method", [](auto&, const Args&) {});

  const char* dropped = "ABORTED: Error invoking remote method 'method': reply was never sent";
  EXPECT_EQ(NextReport(), dropped);
  EXPECT_EQ(NextReport(), dropped);
}

RENDERER_BODY(MakesManyCalls) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::vector<Promise<Value>> pending;
  for (int i = 0; i < 1023; ++i) pending.push_back(ipc.Invoke("for-ever"));
  Promise<Value> at_the_limit = ipc.Invoke("for-ever");
  Promise<Value> beyond = ipc.Invoke("for-ever");
  Report(renderer, at_the_limit.is_ready());
  Report(renderer, Describe(Await(renderer, std::move(beyond))));
  Report(renderer, Describe(ipc.SendSync("for-ever")));
  pending.pop_back();
  Promise<Value> instead = ipc.Invoke("at-once");
  Report(renderer, Describe(Await(renderer, std::move(instead))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_TooManyCallsAreRefused) {
  StartRenderer("MakesManyCalls");
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(ipc_main()
                  .Handle("for-ever", [&](IpcMainInvokeEvent&,
                                          const Args&) { return owed.emplace_back().promise(); })
                  .ok());
  ASSERT_TRUE(
      ipc_main()
          .Handle("at-once", [](auto&, const Args&) -> Promise<Value> { return Value("room"); })
          .ok());

  const char* refused =
      "RESOURCE_EXHAUSTED: Error invoking remote method 'for-ever': Error: too many calls in "
      "flight (1024)";
  EXPECT_EQ(NextReport(), false);
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), refused);
  // The handler of the call that was given up still runs: until it lets go, the call counts.
  EXPECT_EQ(NextReport(),
            "RESOURCE_EXHAUSTED: Error invoking remote method 'at-once': Error: too many calls in "
            "flight (1024)");
  EXPECT_EQ(owed.size(), 1024u);
}

RENDERER_BODY(FillsItsQuota) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::vector<Promise<Value>> pending;
  pending.push_back(ipc.Invoke("answered"));
  pending.push_back(ipc.Invoke("forgotten"));
  for (int i = 0; i < 1022; ++i) pending.push_back(ipc.Invoke("slow"));
  Report(renderer, Describe(Await(renderer, std::exchange(pending[0], Value()))));
  pending.push_back(ipc.Invoke("slow"));
  pending.push_back(ipc.Invoke("slow"));
  Report(renderer, Describe(Await(renderer, std::exchange(pending.back(), Value()))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_MainIsToldOnceWhatARenderersCallsWaitFor) {
  WebContents& contents = StartRenderer("FillsItsQuota");
  std::vector<Resolver<Value>> owed;
  auto handle = [&](const char* channel) {
    ASSERT_TRUE(ipc_main()
                    .Handle(channel, [&](auto&, auto&) { return owed.emplace_back().promise(); })
                    .ok());
  };
  handle("forgotten");
  handle("slow");
  ASSERT_TRUE(ipc_main().Handle("answered", [](auto&, auto&) { return 1; }).ok());

  EXPECT_EQ(NextReport(), "OK: 1");
  EXPECT_THAT(NextReport().string(), testing::HasSubstr("too many calls in flight (1024)"));

  const std::string line = "WebContents #" + std::to_string(contents.id().value()) +
                           " waits for 1024 calls, as many as it may have in flight: further ones "
                           "are refused. The oldest that has no answer is 'forgotten'.";
  EXPECT_THAT(log(), testing::Contains(testing::HasSubstr(line)).Times(1));
}

constexpr size_t kMessageBytes = 1000;

RENDERER_BODY(CallsWithLargePayloads) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  for (size_t size : {kMessageBytes - 1, kMessageBytes, kMessageBytes + 1}) {
    // ["xxx"] is four bytes more than the text.
    std::string text(size - 4, 'x');
    Report(renderer, Describe(ipc.Send("sent", text)));
    absl::StatusOr<Value> invoked = Await(renderer, ipc.Invoke("method", text));
    Report(renderer, invoked.ok() ? "OK" : Describe(invoked));
    absl::StatusOr<Value> asked = ipc.SendSync("method", text);
    Report(renderer, asked.ok() ? "OK" : Describe(asked));
  }
  renderer.Run();
}

TEST_P(ElectronContract, Ending_TooLargeAMessageIsRefused) {
  options().limits.message_bytes = kMessageBytes;
  StartRenderer("CallsWithLargePayloads");
  ASSERT_TRUE(ipc_main()
                  .Handle("method", [](auto&, const Args&) -> Promise<Value> { return Value(); })
                  .ok());
  ipc_main().On("method", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });

  for (int fits = 0; fits < 2; ++fits) {
    EXPECT_EQ(NextReport(), "OK: ");
    EXPECT_EQ(NextReport(), "OK");
    EXPECT_EQ(NextReport(), "OK");
  }
  const char* refused =
      "OUT_OF_RANGE: Error invoking remote method 'method': Error: 1001 bytes, the limit is 1000";
  EXPECT_EQ(NextReport(), "OUT_OF_RANGE: 1001 bytes, the limit is 1000");
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), refused);
}

TEST_P(ElectronContract, Ending_TooLargeAnAnswerIsAnError) {
  options().limits.message_bytes = kMessageBytes;
  StartRenderer("CallsByBothVerbs");
  const std::string text(kMessageBytes - 1, 'x');  // with its quotes one byte too many
  ASSERT_TRUE(
      ipc_main().Handle("method", [&](auto&, const Args&) -> Promise<Value> { return text; }).ok());
  ipc_main().On("method", [&](IpcMainEvent& event, const Args&) { event.SetReturnValue(text); });

  const char* refused =
      "OUT_OF_RANGE: Error invoking remote method 'method': Error: 1001 bytes, the limit is 1000";
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), refused);
}

RENDERER_BODY(UsesLongChannelNames) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  for (size_t size : {0, 1, 127, 128, 129}) {
    const std::string channel(size, 'c');
    Report(renderer, ipc.Send(channel).ok());
    Report(renderer,
           absl::StatusCodeToString(Await(renderer, ipc.Invoke(channel)).status().code()));
  }
  renderer.Run();
}

TEST_P(ElectronContract, Ending_AChannelHasAName) {
  EXPECT_EQ(ipc_main().Handle("", [](auto&, auto&) { return 1; }),
            absl::InvalidArgumentError("channel: missing"));
  EXPECT_EQ(ipc_main().On("", [](auto&, auto&) {}), ListenerId());
  EXPECT_EQ(ipc_main().ListenerCount(""), 0u);
  EXPECT_TRUE(HasLogged("A listener was not added to [IpcMain]: channel: missing"));
  StartRenderer("UsesLongChannelNames");

  EXPECT_EQ(NextReport(), false);
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT");
  for (int good = 0; good < 3; ++good) {
    EXPECT_EQ(NextReport(), true);
    EXPECT_EQ(NextReport(), "UNIMPLEMENTED") << "it has travelled, and nobody handles it";
  }
  EXPECT_EQ(NextReport(), false);
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT");
}

RENDERER_BODY(CallsWithADeadline) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  const CallOptions options(kShort);
  Report(renderer, Describe(Await(renderer, ipc.InvokeArgs("method", {}, options))));
  Report(renderer, Describe(ipc.SendSyncArgs("method", {}, options)));
  Report(renderer,
         Describe(Await(renderer, ipc.InvokeArgs("method", {}, CallOptions(milliseconds(0))))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_TheCallersDeadlinePasses) {
  StartRenderer("CallsWithADeadline");
  Resolver<Value> owed;
  std::vector<IpcMainEvent> asked;
  std::optional<std::stop_token> stop_token;
  bool had_deadline = false;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            stop_token = event.stop_token();
                            had_deadline = event.deadline() != kForever;
                            return owed.promise();
                          })
                  .ok());
  ipc_main().On("method", [&](IpcMainEvent& event, const Args&) { asked.push_back(event); });

  const char* late =
      "DEADLINE_EXCEEDED: Error invoking remote method 'method': Error: no answer within 20 ms";
  EXPECT_EQ(NextReport(), late);
  EXPECT_EQ(NextReport(), late);
  EXPECT_EQ(NextReport(),
            "DEADLINE_EXCEEDED: Error invoking remote method 'method': Error: no answer within 0 "
            "ms");
  EXPECT_TRUE(had_deadline);
  EXPECT_TRUE(stop_token->stop_requested());
}

RENDERER_BODY(SendsSyncWithoutADeadline) {
  Report(renderer, Describe(renderer.ipc_renderer().SendSync("method")));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_ASendSyncThatSaysNoDeadlineHasTheLimits) {
  options().limits.sync_timeout = milliseconds(30);
  StartRenderer("SendsSyncWithoutADeadline");
  std::vector<IpcMainEvent> asked;
  ipc_main().On("method", [&](IpcMainEvent& event, const Args&) { asked.push_back(event); });

  EXPECT_EQ(NextReport(),
            "DEADLINE_EXCEEDED: Error invoking remote method 'method': Error: no answer within 30 "
            "ms");
  EXPECT_EQ(asked.size(), 1u);
}

RENDERER_BODY(InvokesOnce) {
  Report(renderer, Describe(Await(renderer, renderer.ipc_renderer().Invoke("method"))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_MainsInvokeTimeoutPasses) {
  options().invoke_timeout = kShort;
  StartRenderer("InvokesOnce");
  Resolver<Value> owed;
  std::optional<std::stop_token> stop_token;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            stop_token = event.stop_token();
                            return owed.promise();
                          })
                  .ok());

  EXPECT_EQ(
      NextReport(),
      "DEADLINE_EXCEEDED: Error invoking remote method 'method': Error: no answer within 20 ms");
  EXPECT_TRUE(stop_token->stop_requested());
  owed.Resolve(Value("too late, and nobody is hurt"));
}

RENDERER_BODY(GivesUpInTwoWays) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  const CallOptions options(kShort);
  ipc.InvokeArgs("method", {}, options).Then([](absl::StatusOr<Value>) {});
  std::optional<Promise<Value>> dropped = ipc.Invoke("method");
  ipc.SendSync("handlers-run").IgnoreError();
  dropped.reset();
  renderer.Run();
}

TEST_P(ElectronContract, Ending_WhatAHandlerPromisedIsCancelledWhenNobodyWaits) {
  StartRenderer("GivesUpInTwoWays");
  std::vector<Resolver<Value>> owed;
  int cancelled = 0;
  auto owe = [&](auto&, const Args&) {
    Resolver<Value>& resolver = owed.emplace_back();
    resolver.OnCancel([&] { ++cancelled; });
    return resolver.promise();
  };
  ASSERT_TRUE(ipc_main().Handle("method", owe).ok());
  ipc_main().On("handlers-run", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });

  RunUntil([&] { return cancelled == 2; });

  EXPECT_EQ(owed.size(), 2u);
}

RENDERER_BODY(CancelsACall) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::optional<Promise<Value>> call = ipc.Invoke("method");
  std::optional<Promise<Value>> chained =
      ipc.Invoke("method").Then([&](absl::StatusOr<Value>) -> Value {
        Report(renderer, "a call that was given up has called back");
        return Value();
      });
  Report(renderer, Describe(ipc.SendSync("handlers-run")));
  call.reset();
  chained.reset();
  Report(renderer, Describe(ipc.SendSync("handlers-stopped")));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_DroppingThePromiseCancels) {
  StartRenderer("CancelsACall");
  std::vector<Resolver<Value>> owed;
  std::vector<std::stop_token> tokens;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            tokens.push_back(event.stop_token());
                            return owed.emplace_back().promise();
                          })
                  .ok());
  auto count_stopped = [&](IpcMainEvent& event, const Args&) {
    int64_t stopped = 0;
    for (const std::stop_token& token : tokens) stopped += token.stop_requested() ? 1 : 0;
    for (Resolver<Value>& resolver : owed) {
      if (stopped > 0) resolver.Resolve(Value("for nobody"));
    }
    event.SetReturnValue(Array{tokens.size(), stopped});
  };
  ipc_main().On("handlers-run", count_stopped);
  ipc_main().On("handlers-stopped", count_stopped);

  EXPECT_EQ(NextReport(), "OK: [2,0]");
  EXPECT_EQ(NextReport(), "OK: [2,2]");
}

// Gives calls up by a stop token: one that waits, one before it begins, one by both verbs.
RENDERER_BODY(IsToldToStop) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::stop_source stop;
  const CallOptions options(stop.get_token());
  Promise<Value> call = ipc.InvokeArgs("method", {}, options);
  ipc.SendSync("handler-runs").IgnoreError();
  stop.request_stop();
  Report(renderer, Describe(Await(renderer, std::move(call))));
  Report(renderer, Describe(Await(renderer, ipc.InvokeArgs("method", {}, options))));
  Report(renderer, Describe(ipc.SendSyncArgs("method", {}, options)));

  std::stop_source stop_from_elsewhere;
  std::jthread stopper([&] { stop_from_elsewhere.request_stop(); });
  Report(renderer,
         Describe(ipc.SendSyncArgs("method", {}, CallOptions(stop_from_elsewhere.get_token()))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_AStopTokenCancels) {
  StartRenderer("IsToldToStop");
  std::vector<Resolver<Value>> owed;
  std::vector<IpcMainEvent> asked;
  std::optional<std::stop_token> handler_is_told;
  ASSERT_TRUE(ipc_main()
                  .Handle("method",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            handler_is_told = event.stop_token();
                            return owed.emplace_back().promise();
                          })
                  .ok());
  ipc_main().On("method", [&](IpcMainEvent& event, const Args&) { asked.push_back(event); });
  ipc_main().On("handler-runs", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });

  for (int call = 0; call < 4; ++call) {
    EXPECT_EQ(NextReport(), "CANCELLED: Error invoking remote method 'method': Error: cancelled");
  }
  EXPECT_EQ(owed.size(), 1u) << "the others were given up before they were made";
  EXPECT_TRUE(handler_is_told->stop_requested());
}

// Makes COUNT calls, or as many as are told, in one turn of the loop, and counts how they end.
RENDERER_BODY(InvokesManyAtOnce) {
  std::map<std::string, int> ends;
  int open = 0;
  renderer.ipc_renderer().On("go", [&](auto&, const Args& args) {
    open = static_cast<int>(args[0].int64());
    for (int i = 0, count = open; i < count; ++i) {
      renderer.ipc_renderer().Invoke("large").Then([&](absl::StatusOr<Value> answer) {
        ++ends[answer.ok() ? "OK" : std::string(answer.status().message())];
        if (--open > 0) return;
        for (const auto& [end, times] : ends) Report(renderer, absl::StrCat(times, " ", end));
      });
    }
  });
  renderer.Run();
}

TEST_P(ElectronContract, Ending_ManyLargeAnswersAllArrive) {
  constexpr int kCalls = 12;
  const std::string large(4 << 20, 'x');
  WebContents& contents = StartRenderer("InvokesManyAtOnce");
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(
      ipc_main()
          .Handle("large", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
          .ok());

  ASSERT_TRUE(contents.Send("go", kCalls).ok());
  RunUntil([&] { return owed.size() == kCalls; });
  for (Resolver<Value>& resolver : owed) resolver.Resolve(large);

  EXPECT_EQ(NextReport(), "12 OK");
  EXPECT_TRUE(contents.is_connected());
}

TEST_P(ElectronContract, Ending_AnswersBeyondTheRoomForThemEndTheirCallsOnly) {
  options().limits.answer_bytes = 10'000;
  const std::string large(4000, 'x');
  WebContents& contents = StartRenderer("InvokesManyAtOnce");
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(
      ipc_main()
          .Handle("large", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
          .ok());

  ASSERT_TRUE(contents.Send("go", 500).ok());
  RunUntil([&] { return owed.size() == 500; });
  for (Resolver<Value>& resolver : owed) resolver.Resolve(large);

  // How many find room depends on how fast they leave.
  const std::string first = NextReport().string();
  if (!first.ends_with(" OK")) {
    EXPECT_THAT(first, testing::HasSubstr("Error invoking remote method 'large': Error: too many "
                                          "answers wait to be read"));
    EXPECT_THAT(NextReport().string(), testing::EndsWith(" OK"));
  }
  EXPECT_TRUE(contents.is_connected());
}

// Gives up each call at once.
RENDERER_BODY(InvokesAndForgets) {
  for (int i = 0; i < 20'000; ++i) Promise<Value> forgotten = renderer.ipc_renderer().Invoke("ch");
  absl::StatusOr<Value> last;
  do {  // the queue may be full of the others
    last = Await(renderer, renderer.ipc_renderer().Invoke("last"));
  } while (absl::IsResourceExhausted(last.status()));
  Report(renderer, Describe(last));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_AStormOfCancelledCallsCostsNobodyTheConnection) {
  auto answer = [](auto&, const Args&) { return Promise<Value>(1); };
  ASSERT_TRUE(ipc_main().Handle("ch", answer).ok());
  ASSERT_TRUE(ipc_main().Handle("last", answer).ok());
  WebContents& contents = StartRenderer("InvokesAndForgets");

  EXPECT_EQ(NextReport(), "OK: 1");
  EXPECT_TRUE(contents.is_connected());
}

}  // namespace
}  // namespace ipc
