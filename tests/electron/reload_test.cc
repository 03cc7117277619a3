// Rule 16 again: a WebContents gets a new renderer, and stays what it was.

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RENDERER_BODY(StartsAndEchoes) {
  renderer.ipc_renderer().On("ping", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  Report(renderer, "started");
  renderer.Run();
}

class ReloadContract : public ElectronContract {
 protected:
  // Whether there is anybody to reload a renderer: one that came in by itself is refused, and
  // stays.
  bool CanReload(WebContents& contents) {
    if (!is(PipeUnderTest::kGrpcUnix)) return true;
    EXPECT_EQ(contents.Reload(), absl::FailedPreconditionError(
                                     "a renderer that came in by itself cannot be reloaded"));
    EXPECT_TRUE(contents.is_connected());
    return false;
  }
};

INSTANTIATE_TEST_SUITE_P(Pipes, ReloadContract, AllPipes(), PipeName);

TEST_P(ReloadContract, Rule16_AReloadGivesTheSameWebContentsANewRenderer) {
  int attached = 0;
  std::vector<ExitReason> gone;
  WebContents& contents = StartRenderer("StartsAndEchoes", [&](WebContents& created) {
    created.did_attach().Add([&] { ++attached; });
    created.render_process_gone().Add([&](auto& details) { gone.push_back(details.reason); });
  });
  EXPECT_EQ(NextReport(), "started");
  const WebContentsId id = contents.id();
  const int32_t process_id = contents.process_id();
  if (!CanReload(contents)) return;

  ASSERT_TRUE(contents.Reload().ok());

  EXPECT_EQ(NextReport(), "started");
  EXPECT_EQ(main().FromId(id), &contents);
  EXPECT_EQ(attached, 2);
  EXPECT_THAT(gone, IsEmpty());
  EXPECT_EQ(contents.process_id() == process_id, is(PipeUnderTest::kInproc));
}

RENDERER_BODY(UsesEverything) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Send("message").IgnoreError();
  const std::string answer = Describe(ipc.SendSync("question"));
  Report(renderer, answer + ", " + Describe(Await(renderer, ipc.Invoke("call"))));
  renderer.Run();
}

TEST_P(ReloadContract, Rule16_ScopedListenersAndHandlersStayOverAReload) {
  int observed = 0;
  int heard = 0;
  WebContents& contents = StartRenderer("UsesEverything", [&](WebContents& created) {
    created.ipc_message().Add([&](auto&&...) { ++observed; });
    created.ipc().On("message", [&](auto&, const Args&) { ++heard; });
    created.ipc().On("question", [](IpcMainEvent& event, auto&) { event.SetReturnValue(1); });
    ASSERT_TRUE(created.ipc().Handle("call", [](auto&, auto&) { return Value(2); }).ok());
  });
  EXPECT_EQ(NextReport(), "OK: 1, OK: 2");
  if (!CanReload(contents)) return;
  const int observed_before = observed;

  ASSERT_TRUE(contents.Reload().ok());

  EXPECT_EQ(NextReport(), "OK: 1, OK: 2");
  EXPECT_EQ(heard, 2);
  EXPECT_EQ(observed, 2 * observed_before);
}

TEST_P(ReloadContract, Rule16_WhatIsSentAfterAReloadWaitsInOrderForTheNewRenderer) {
  WebContents& contents = StartRenderer("StartsAndEchoes");
  EXPECT_EQ(NextReport(), "started");
  if (!CanReload(contents)) return;

  ASSERT_TRUE(contents.Reload().ok());
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(contents.Send("ping", i).ok());

  EXPECT_EQ(NextReport(), "started");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(NextReport(), i);
}

TEST_P(ReloadContract, Rule16_CallsOfTheOldRendererEndWithAReload) {
  std::vector<Resolver<Value>> owed;
  int stopped = 0;
  std::vector<std::unique_ptr<std::stop_callback<std::function<void()>>>> on_stop;
  WebContents& contents = StartRenderer("InvokesForEver");
  ASSERT_TRUE(contents.ipc()
                  .Handle("for-ever",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            on_stop.push_back(
                                std::make_unique<std::stop_callback<std::function<void()>>>(
                                    event.stop_token(), [&] { ++stopped; }));
                            return owed.emplace_back().promise();
                          })
                  .ok());
  RunUntil([&] { return owed.size() == 1; });
  if (!CanReload(contents)) return;

  ASSERT_TRUE(contents.Reload().ok());

  EXPECT_EQ(stopped, 1);
  RunUntil([&] { return owed.size() == 2; });
  owed[0].Resolve(Value("nobody is there any more"));
  EXPECT_EQ(stopped, 1);
  EXPECT_TRUE(contents.is_connected());
}

TEST_P(ReloadContract, Rule15_AReplyToTheOldRendererDoesNotReachTheNewOne) {
  std::optional<IpcMainEvent> first;
  WebContents& contents = StartRenderer("ReportsReplies");
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) {
    if (!first) {
      first = event;
    } else {
      EXPECT_TRUE(event.Reply("reply", "new").ok());
    }
  });
  RunUntil([&] { return first.has_value(); });
  if (!CanReload(contents)) return;

  ASSERT_TRUE(contents.Reload().ok());
  absl::Status replied = first->Reply("reply", "old");

  EXPECT_TRUE(absl::IsUnavailable(replied)) << replied;
  EXPECT_EQ(NextReport(), "reply new from 0");
  EXPECT_EQ(first->sender(), contents.ref());
}

RENDERER_BODY(AsksToBeReloadedOnce) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("ping", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  ipc.Send("reload-me").IgnoreError();
  ipc.Send("reload-me").IgnoreError();  // of the same renderer: main has stopped listening to it
  renderer.Run();
}

TEST_P(ReloadContract, Rule16_ARendererMayBeReloadedInsideItsOwnMessage) {
  int asked = 0;
  WebContents& contents = StartRenderer("AsksToBeReloadedOnce");
  ipc_main().On("reload-me", [&](IpcMainEvent& event, const Args&) {
    if (++asked > 1 || !CanReload(contents)) return;
    EXPECT_TRUE(event.sender().get()->Reload().ok());
  });

  // The first of one renderer; then both of the next, or, unreloaded, its own second.
  RunUntil([&] { return asked == (is(PipeUnderTest::kGrpcUnix) ? 2 : 3); });

  ASSERT_TRUE(contents.Send("ping", 1).ok());
  EXPECT_EQ(NextReport(), 1);
  EXPECT_EQ(asked, is(PipeUnderTest::kGrpcUnix) ? 2 : 3);
}

TEST_P(ReloadContract, Rule16_ReloadIsTheWayBackWhenARendererIsGone) {
  std::vector<ExitReason> gone;
  WebContents& contents = StartRenderer("StartsAndEchoes", [&](WebContents& created) {
    created.render_process_gone().Add([&, ref = created.ref()](auto& details) {
      gone.push_back(details.reason);
      absl::Status reloaded = ref.get()->Reload();
      EXPECT_EQ(reloaded.ok(), !is(PipeUnderTest::kGrpcUnix)) << reloaded;
    });
  });
  EXPECT_EQ(NextReport(), "started");

  for (size_t deaths = 1; deaths <= 2; ++deaths) {
    KillRenderer(contents);
    RunUntil([&] { return gone.size() == deaths; });
    if (is(PipeUnderTest::kGrpcUnix)) return;
    EXPECT_EQ(NextReport(), "started");
  }

  ASSERT_TRUE(contents.Send("ping", 1).ok());
  EXPECT_EQ(NextReport(), 1);
}

TEST_P(ReloadContract, Rule16_AWebContentsThatIsClosedIsNotReloaded) {
  WebContents& contents = StartRenderer("StartsAndEchoes");
  EXPECT_EQ(NextReport(), "started");
  WebContentsRef ref = contents.ref();

  contents.Close();
  absl::Status reloaded = contents.Reload();
  RunUntil([&] { return ref.get() == nullptr; });

  EXPECT_TRUE(absl::IsFailedPrecondition(reloaded)) << reloaded;
  EXPECT_EQ(pending_reports(), 0u);
}

TEST_P(ReloadContract, Rule16_TheOldRendererLeavesWhenAWebContentsIsReloadedAndClosed) {
  WebContents& contents = StartRenderer("StartsAndEchoes");
  EXPECT_EQ(NextReport(), "started");
  WebContentsRef ref = contents.ref();
  if (!CanReload(contents)) return;

  // The second one has not even said hello when it is told to leave.
  ASSERT_TRUE(contents.Reload().ok());
  ASSERT_TRUE(contents.Reload().ok());
  contents.Close();
  RunUntil([&] { return ref.get() == nullptr; });

  EXPECT_EQ(pending_reports(), 0u);
  EXPECT_THAT(log(), IsEmpty());
}

}  // namespace
}  // namespace ipc
