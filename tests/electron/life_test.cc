// Rules about renderers that come and go, and code that throws: 15, 16 and 17.

#include <stdexcept>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;

RENDERER_BODY(ReportsReplies) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  for (const char* channel : {"reply", "sent"}) {
    ipc.On(channel, [&renderer, channel](IpcRendererEvent& event, const Args& args) {
      Report(renderer, std::string(channel) + " " + args[0].string() + " from " +
                           std::to_string(event.sender_id().value()));
    });
  }
  ipc.Send("message").IgnoreError();
  renderer.Run();
}

TEST_P(ElectronContract, Rule15_ReplyAndSenderSendReachTheRendererThatSent) {
  StartRenderer("ReportsReplies");
  WebContentsId heard_from;
  FrameId heard_in;
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) {
    heard_from = event.sender().id();
    heard_in = event.frame_id();
    EXPECT_TRUE(event.Reply("reply", "pong").ok());
    EXPECT_TRUE(event.sender().Send("sent", "pong").ok());
  });

  EXPECT_EQ(NextReport(), "reply pong from 0");
  EXPECT_EQ(NextReport(), "sent pong from 0");
  EXPECT_EQ(heard_in, kMainFrame);
  EXPECT_NE(main().FromId(heard_from), nullptr);
}

TEST_P(ElectronContract, Rule15_AReplyToARendererThatIsGoneGoesNowhere) {
  std::optional<IpcMainEvent> kept;
  WebContents& contents = StartRenderer("ReportsReplies");
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) { kept = event; });
  RunUntil([&] { return kept.has_value(); });

  EXPECT_EQ(CloseRenderer(contents), 0);

  EXPECT_EQ(kept->sender().get(), nullptr);
  EXPECT_TRUE(absl::IsUnavailable(kept->Reply("reply", "too late")));
  EXPECT_TRUE(absl::IsUnavailable(kept->sender().Send("sent", "too late")));
}

RENDERER_BODY(InvokesForEver) {
  Promise<Value> pending = renderer.ipc_renderer().Invoke("for-ever");
  renderer.Run();
}

RENDERER_BODY(Echoes) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("ping", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule16_ARendererThatDiesCostsItselfOnly) {
  std::vector<std::string> told;
  WebContents& survivor = StartRenderer("Echoes");
  WebContents& victim = StartRenderer("InvokesForEver");
  WebContentsRef victim_ref = victim.ref();
  Resolver<Value> owed;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
  ASSERT_TRUE(victim.ipc()
                  .Handle("for-ever",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            on_stop.emplace(event.stop_token(), [&] { told.push_back("handler"); });
                            return owed.promise();
                          })
                  .ok());
  victim.render_process_gone().Add([&](const RenderProcessGoneDetails&) {
    told.push_back("render-process-gone");
    EXPECT_TRUE(absl::IsAlreadyExists(victim_ref.get()->ipc().Handle(
        "for-ever", [](auto&, const Args&) -> Promise<Value> { return Value(); })))
        << "scoped handlers stay";
  });
  RunUntil([&] { return on_stop.has_value(); });

  KillRenderer(victim);
  RunUntil([&] { return told.size() == 2; });
  owed.Resolve(Value("nobody is there any more"));

  EXPECT_THAT(told, ElementsAre("handler", "render-process-gone"));
  ASSERT_TRUE(survivor.Send("ping", "still here").ok());
  EXPECT_EQ(NextReport(), "still here");
}

TEST_P(ElectronContract, Rule16_RenderProcessGoneTellsTheReason) {
  std::optional<RenderProcessGoneDetails> gone;
  WebContents& contents = StartRenderer("Echoes", [&](WebContents& created) {
    created.render_process_gone().Add(
        [&](const RenderProcessGoneDetails& details) { gone = details; });
  });
  ASSERT_TRUE(contents.Send("ping", 1).ok());
  NextReport();

  KillRenderer(contents);
  RunUntil([&] { return gone.has_value(); });

  // A thread ends in peace; of a process that we did not launch we know that it went, not how.
  ExitReason expected = is(PipeUnderTest::kInproc)     ? ExitReason::kCleanExit
                        : is(PipeUnderTest::kGrpcUnix) ? ExitReason::kAbnormalExit
                                                       : ExitReason::kKilled;
  EXPECT_EQ(gone->reason, expected);
}

TEST_P(ElectronContract, Rule16_TheLogTellsOfAConnectionThatIsLost) {
  bool is_gone = false;
  WebContents& contents = StartRenderer("Echoes", [&](WebContents& created) {
    created.render_process_gone().Add([&](auto&) { is_gone = true; });
  });
  const std::string line = "the connection of WebContents #" +
                           std::to_string(contents.id().value()) +
                           " has ended: the connection was lost";
  ASSERT_TRUE(contents.Send("ping", 1).ok());
  NextReport();

  KillRenderer(contents);
  RunUntil([&] { return is_gone; });

  EXPECT_EQ(HasLogged(line), !is(PipeUnderTest::kInproc)) << "a thread ends in peace";
}

RENDERER_BODY(FallsOver) { throw std::runtime_error("this renderer falls over"); }

TEST_P(ElectronContract, Rule16_RenderProcessGoneTellsThatARendererFellOver) {
  std::optional<RenderProcessGoneDetails> gone;
  StartRenderer("FallsOver", [&](WebContents& created) {
    created.render_process_gone().Add(
        [&](const RenderProcessGoneDetails& details) { gone = details; });
  });

  RunUntil([&] { return gone.has_value(); });

  // One that we did not launch says goodbye while it falls; its exit code is not ours to see.
  EXPECT_EQ(gone->reason,
            is(PipeUnderTest::kGrpcUnix) ? ExitReason::kCleanExit : ExitReason::kAbnormalExit);
}

RENDERER_BODY(WaitsForTheEndOfItsCalls) {
  std::vector<std::string> ends;
  renderer.disconnected().Add([&](const absl::Status&) { ends.push_back("disconnected"); });
  for (int i = 0; i < 2; ++i) {
    renderer.ipc_renderer().Invoke("for-ever").Then([&](absl::StatusOr<Value> outcome) {
      ends.push_back(Describe(outcome));
    });
  }
  renderer.Run();

  const std::string gone =
      "UNAVAILABLE: Error invoking remote method 'for-ever': Error: the other process is gone "
      "(closed)";
  if (ends != std::vector<std::string>{gone, gone, "disconnected"}) {
    throw std::runtime_error(ends.empty() ? "no call ended" : ends.front());
  }
  if (!absl::IsUnavailable(renderer.ipc_renderer().Send("message"))) {
    throw std::runtime_error("something can be sent to nobody");
  }
}

TEST_P(ElectronContract, Rule16_TheCallsOfARendererEndWhenMainLeaves) {
  WebContents& contents = StartRenderer("WaitsForTheEndOfItsCalls");
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(
      ipc_main()
          .Handle("for-ever", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
          .ok());
  RunUntil([&] { return owed.size() == 2; });

  EXPECT_EQ(CloseRenderer(contents), 0);
}

RENDERER_BODY(AsksSyncForEver) {
  std::string outcome = Describe(renderer.ipc_renderer().SendSync("for-ever"));
  if (outcome !=
      "UNAVAILABLE: Error invoking remote method 'for-ever': Error: the other process is gone "
      "(closed)") {
    throw std::runtime_error(outcome);
  }
  renderer.Run();
}

TEST_P(ElectronContract, Rule16_ARendererBlockedInSendSyncWakesWhenMainLeaves) {
  WebContents& contents = StartRenderer("AsksSyncForEver");
  std::optional<IpcMainEvent> kept;
  ipc_main().On("for-ever", [&](IpcMainEvent& event, const Args&) { kept = event; });
  RunUntil([&] { return kept.has_value(); });

  EXPECT_EQ(CloseRenderer(contents), 0);
}

TEST_P(ElectronContract, Rule16_WhatWasSentBeforeCloseStillArrives) {
  WebContents& contents = StartRenderer("Echoes");
  ASSERT_TRUE(contents.Send("ping", 1).ok());
  NextReport();

  EXPECT_EQ(CloseRenderer(contents), 0);
}

RENDERER_BODY(SendsTwiceAndAsks) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Send("message").IgnoreError();
  ipc.Send("message").IgnoreError();
  Report(renderer, Describe(ipc.SendSync("question")));
  renderer.Run();
}

TEST_P(ElectronContract, Rule17_AListenerThatThrowsIsLoggedAndTheOthersStillHear) {
  WebContents& contents = StartRenderer("SendsTwiceAndAsks");
  int heard = 0;
  ipc_main().On("message", [](auto&, const Args&) { throw std::runtime_error("some error"); });
  ipc_main().On("message", [&](auto&, const Args&) { ++heard; });
  ipc_main().On("question", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });

  EXPECT_EQ(NextReport(), "OK: 1");

  const std::string line = "Error occurred in listener for 'message' of WebContents #" +
                           std::to_string(contents.id().value()) + ": Error: some error";
  EXPECT_EQ(heard, 2);
  EXPECT_THAT(log(), ElementsAre(line, line));
}

TEST_P(ElectronContract, Rule17_ASyncListenerThatThrowsAnswersWithTheText) {
  StartRenderer("SendsTwiceAndAsks");
  ipc_main().On("question", [](auto&, const Args&) { throw std::runtime_error("some error"); });

  EXPECT_EQ(NextReport(), "UNKNOWN: Error invoking remote method 'question': Error: some error");
}

TEST_P(ElectronContract, Rule17_WhateverIsThrownIsCaught) {
  StartRenderer("SendsTwiceAndAsks");
  ipc_main().On("question", [](auto&, const Args&) { throw 42; });

  EXPECT_EQ(NextReport(),
            "UNKNOWN: Error invoking remote method 'question': Error: an exception that is no "
            "std::exception");
}

RENDERER_BODY(ThrowsInAListener) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("ping", [](auto&, const Args&) { throw std::runtime_error("some error"); });
  ipc.On("ping", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule17_AListenerThatThrowsCostsARendererNothingElse) {
  WebContents& contents = StartRenderer("ThrowsInAListener");

  ASSERT_TRUE(contents.Send("ping", 1).ok());
  ASSERT_TRUE(contents.Send("ping", 2).ok());

  EXPECT_EQ(NextReport(), 1);
  EXPECT_EQ(NextReport(), 2);
  EXPECT_THAT(log(), testing::Each("Error occurred in listener for 'ping': Error: some error"));
}

}  // namespace
}  // namespace ipc
