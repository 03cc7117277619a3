// Rules about who hears a message: 1, 3, 5, 13, 18 and 19.

#include "runtime/base/strings.h"
#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Sends `message` as often as main says, then reports; so all of a turn has been heard by then.
RENDERER_BODY(SendsWhenTold) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("go", [&](IpcRendererEvent&, const Args& args) {
    ipc.Send("message", args[0]).IgnoreError();
    Report(renderer, "sent");
  });
  renderer.Run();
}

RENDERER_BODY(SendsAndSendsSync) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.Send("message", "ping").IgnoreError();
  Report(renderer, Describe(ipc.SendSync("sync-message", "ping")));
  renderer.Run();
}

TEST_P(ElectronContract, Rule01_SendReachesTheObserverTheScopedIpcAndMainInThatOrder) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsAndSendsSync");
  contents.ipc_message().Add([&](IpcMainEvent&, std::string_view channel, const Args& args) {
    if (channel == "message") heard.push_back("ipc-message " + args[0].string());
  });
  contents.ipc().On("message", [&](IpcMainEvent&, const Args&) { heard.push_back("scoped"); });
  ipc_main().On("message", [&](IpcMainEvent&, const Args&) { heard.push_back("main"); });

  NextReport();

  EXPECT_THAT(heard, ElementsAre("ipc-message ping", "scoped", "main"));
}

TEST_P(ElectronContract, Rule01_SendSyncReachesTheSameWithIpcMessageSync) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsAndSendsSync");
  contents.ipc_message().Add([&](IpcMainEvent&, std::string_view channel, const Args&) {
    if (channel == "sync-message") heard.push_back("ipc-message");
  });
  contents.ipc_message_sync().Add([&](IpcMainEvent&, std::string_view channel, const Args&) {
    heard.push_back("ipc-message-sync " + std::string(channel));
  });
  contents.ipc().On("sync-message", [&](IpcMainEvent&, const Args&) { heard.push_back("scoped"); });
  ipc_main().On("sync-message", [&](IpcMainEvent& event, const Args&) {
    heard.push_back("main");
    event.SetReturnValue("pong");
  });

  Value outcome = NextReport();

  EXPECT_EQ(outcome, "OK: \"pong\"");
  EXPECT_THAT(heard, ElementsAre("ipc-message-sync sync-message", "scoped", "main"));
}

TEST_P(ElectronContract, Rule01_AnotherRenderersScopedIpcHearsNothing) {
  WebContents& other = StartRenderer("SendsWhenTold");
  int heard = 0;
  other.ipc().On("message", [&](IpcMainEvent&, const Args&) { ++heard; });
  other.ipc_message().Add([&](IpcMainEvent&, std::string_view, const Args&) { ++heard; });

  StartRenderer("SendsAndSendsSync");
  NextReport();

  EXPECT_EQ(heard, 0);
}

TEST_P(ElectronContract, Rule03_ListenersRunInTheOrderTheyWereAdded) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsWhenTold");
  ipc_main().On("message", [&](IpcMainEvent&, const Args&) { heard.push_back("first"); });
  ipc_main().AddListener("message", [&](IpcMainEvent&, const Args&) { heard.push_back("second"); });
  ipc_main().Once("message", [&](IpcMainEvent&, const Args&) { heard.push_back("once"); });
  ipc_main().PrependListener("message",
                             [&](IpcMainEvent&, const Args&) { heard.push_back("front"); });

  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();

  EXPECT_THAT(heard, ElementsAre("front", "first", "second", "once"));
}

TEST_P(ElectronContract, Rule03_ListenerAddedDuringAnEmitWaitsForTheNext) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsWhenTold");
  ipc_main().Once("message", [&](IpcMainEvent&, const Args&) {
    heard.push_back("adds");
    ipc_main().On("message", [&](IpcMainEvent&, const Args&) { heard.push_back("added"); });
  });

  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();
  EXPECT_THAT(heard, ElementsAre("adds"));

  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();
  EXPECT_THAT(heard, ElementsAre("adds", "added"));
}

TEST_P(ElectronContract, Rule03_ListenerRemovedDuringAnEmitStillHearsIt) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsWhenTold");
  ListenerId removed;
  ipc_main().On("message", [&](IpcMainEvent&, const Args&) {
    heard.push_back("removes");
    ipc_main().RemoveListener("message", removed);
  });
  auto lives = std::make_shared<std::string>("removed");
  removed = ipc_main().On("message", [&heard, lives = std::move(lives)](
                                         IpcMainEvent&, const Args&) { heard.push_back(*lives); });

  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();
  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();

  EXPECT_THAT(heard, ElementsAre("removes", "removed", "removes"));
}

TEST_P(ElectronContract, Rule03_ListenerWhoseSubscriptionEndsIsNeverCalledAgain) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsWhenTold");
  Subscription scoped;
  ipc_main().On("message", [&](IpcMainEvent&, const Args&) {
    heard.push_back("ends");
    scoped = Subscription();
  });
  scoped = ipc_main().ScopedOn("message",
                               [&](IpcMainEvent&, const Args&) { heard.push_back("scoped"); });

  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();

  EXPECT_THAT(heard, ElementsAre("ends"));
}

RENDERER_BODY(HearsWithManyListeners) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::string heard;
  ListenerId removed;
  Subscription scoped;
  ipc.On("message", [&](IpcRendererEvent&, const Args&) {
    heard += "first ";
    ipc.RemoveListener("message", removed);
    scoped = Subscription();
    ipc.Once("message", [&](IpcRendererEvent&, const Args&) { heard += "added "; });
  });
  removed = ipc.On("message", [&](IpcRendererEvent&, const Args&) { heard += "removed "; });
  scoped = ipc.ScopedOn("message", [&](IpcRendererEvent&, const Args&) { heard += "scoped "; });
  ipc.Once("message", [&](IpcRendererEvent&, const Args&) { heard += "once "; });
  ipc.PrependListener("message", [&](IpcRendererEvent&, const Args&) { heard += "front "; });
  ipc.On("done", [&](IpcRendererEvent&, const Args&) { Report(renderer, heard); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule03_TheSameHoldsForTheListenersOfARenderer) {
  WebContents& contents = StartRenderer("HearsWithManyListeners");

  ASSERT_TRUE(contents.Send("message").ok());
  ASSERT_TRUE(contents.Send("message").ok());
  ASSERT_TRUE(contents.Send("done").ok());

  EXPECT_EQ(NextReport(), "front first removed once front first added ");
}

TEST_P(ElectronContract, Rule05_RemoveListenerRemovesOneAndIgnoresTheUnknown) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsWhenTold");
  auto listener = [&](IpcMainEvent&, const Args&) { heard.push_back("heard"); };
  ListenerId first = ipc_main().On("message", listener);
  ipc_main().On("message", listener);

  ipc_main().RemoveListener("message", first);
  ipc_main().RemoveListener("message", first);
  ipc_main().Off("message", ListenerId(4711));
  ipc_main().RemoveListener("a channel without listeners", first);

  EXPECT_EQ(ipc_main().ListenerCount("message"), 1u);
  ASSERT_TRUE(contents.Send("go").ok());
  NextReport();
  EXPECT_THAT(heard, ElementsAre("heard"));
}

TEST_P(ElectronContract, Rule05_RemoveAllListenersEmptiesAChannelOrAll) {
  IpcMain& ipc = StartRenderer("SendsWhenTold").ipc();
  auto listener = [](IpcMainEvent&, const Args&) {};
  for (const char* channel : {"a", "a", "b", "c"}) ipc.On(channel, listener);
  EXPECT_THAT(ipc.EventNames(), ElementsAre("a", "b", "c"));

  ipc.RemoveAllListeners("a");
  EXPECT_THAT(ipc.EventNames(), ElementsAre("b", "c"));

  ipc.RemoveAllListeners();
  EXPECT_THAT(ipc.EventNames(), IsEmpty());
}

// The channels that have listeners, and how many `a` has.
void ReportListeners(RendererProcess& renderer) {
  Array names;
  for (std::string& name : renderer.ipc_renderer().EventNames()) names.push_back(std::move(name));
  names.push_back(renderer.ipc_renderer().ListenerCount("a"));
  Report(renderer, std::move(names));
}

RENDERER_BODY(RemovesItsListeners) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  auto listener = [](IpcRendererEvent&, const Args&) {};
  for (const char* channel : {"a", "a", "b"}) ipc.On(channel, listener);
  ListenerId added = ipc.AddListener("c", listener);
  ReportListeners(renderer);
  ipc.Off("c", added);
  ReportListeners(renderer);
  ipc.RemoveAllListeners("a");
  ReportListeners(renderer);
  ipc.RemoveAllListeners();
  ReportListeners(renderer);
  renderer.Run();
}

TEST_P(ElectronContract, Rule05_TheSameHoldsForTheListenersOfARenderer) {
  StartRenderer("RemovesItsListeners");

  EXPECT_EQ(NextReport(), Array({"a", "b", "c", 2}));
  EXPECT_EQ(NextReport(), Array({"a", "b", 2}));
  EXPECT_EQ(NextReport(), Array({"b", 0}));
  EXPECT_EQ(NextReport(), Array{Value(0)});
}

TEST_P(ElectronContract, Rule13_SendOnAChannelNobodyListensToIsDropped) {
  StartRenderer("SendsAndSendsSync");

  NextReport();

  EXPECT_THAT(log(), Not(Contains(HasSubstr("'message'"))));
}

TEST_P(ElectronContract, Rule13_SendSyncNobodyListensToIsAnErrorAndLogged) {
  WebContents& contents = StartRenderer("SendsAndSendsSync");

  Value outcome = NextReport();

  EXPECT_EQ(outcome,
            "UNIMPLEMENTED: Error invoking remote method 'sync-message': Error: No handler "
            "registered for 'sync-message'");
  EXPECT_TRUE(HasLogged("WebContents #" + std::to_string(contents.id().value()) +
                        " called ipcRenderer.sendSync() with 'sync-message' channel without "
                        "listeners."));
}

RENDERER_BODY(HearsNothingButDone) {
  renderer.ipc_renderer().On("done", [&](auto&, const Args&) { Report(renderer, "done"); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule13_SendToARendererThatDoesNotListenIsDropped) {
  WebContents& contents = StartRenderer("HearsNothingButDone");

  EXPECT_TRUE(contents.Send("nobody listens to this", 1, 2).ok());
  EXPECT_TRUE(contents.Send("done").ok());

  EXPECT_EQ(NextReport(), "done");
}

constexpr std::string_view kLeakOfMain =
    "Possible EventEmitter memory leak detected. 11 message listeners added to [IpcMain]. "
    "MaxListeners is 10. Use SetMaxListeners() to increase limit";
constexpr std::string_view kLeakOfRenderer =
    "Possible EventEmitter memory leak detected. 11 message listeners added to [IpcRenderer]. "
    "MaxListeners is 10. Use SetMaxListeners() to increase limit";

TEST_P(ElectronContract, Rule18_TheEleventhListenerWarnsOnce) {
  auto listener = [](IpcMainEvent&, const Args&) {};
  for (int i = 0; i < 10; ++i) ipc_main().On("message", listener);
  EXPECT_THAT(log(), IsEmpty());

  for (int i = 0; i < 5; ++i) ipc_main().On("message", listener);

  EXPECT_THAT(log(), ElementsAre(kLeakOfMain));
}

TEST_P(ElectronContract, Rule18_SetMaxListenersRaisesOrLiftsTheLimit) {
  auto listener = [](IpcMainEvent&, const Args&) {};

  ipc_main().SetMaxListeners(11);
  for (int i = 0; i < 11; ++i) ipc_main().On("message", listener);
  ipc_main().SetMaxListeners(0);
  for (int i = 0; i < 100; ++i) ipc_main().On("message", listener);

  EXPECT_THAT(log(), IsEmpty());
}

RENDERER_BODY(AddsElevenListeners) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.SetMaxListeners(11);
  for (int i = 0; i < 11; ++i) ipc.On("as many as it allows", [](auto&, const Args&) {});
  ipc.SetMaxListeners(10);
  for (int i = 0; i < 11; ++i) ipc.On("message", [](auto&, const Args&) {});
  Report(renderer, "added");
  renderer.Run();
}

TEST_P(ElectronContract, Rule18_ARendererIsWarnedToo) {
  StartRenderer("AddsElevenListeners");

  NextReport();

  EXPECT_THAT(log(), ElementsAre(kLeakOfRenderer));
}

constexpr const char* kSpecialNames[] = {"error",     "newListener", "removeListener", "__proto__",
                                         "destroyed", "ipc-message", "constructor"};

RENDERER_BODY(SendsOnSpecialNames) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  for (const char* name : kSpecialNames) {
    ipc.On(name, [&renderer, name](auto&, const Args&) { Report(renderer, name); });
  }
  ipc.Send("unheard").IgnoreError();
  for (const char* name : kSpecialNames) ipc.Send(name, name).IgnoreError();
  renderer.Run();
}

TEST_P(ElectronContract, Rule19_NamesThatAreSpecialElsewhereArePlainChannels) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("SendsOnSpecialNames");
  for (const char* name : kSpecialNames) {
    ipc_main().On(name, [&heard, name](IpcMainEvent& event, const Args& args) {
      if (args[0].string() == name) heard.push_back(name);
      EXPECT_TRUE(event.Reply(name).ok());
    });
  }
  bool was_destroyed = false;
  contents.destroyed().Add([&] { was_destroyed = true; });

  for (const char* name : kSpecialNames) EXPECT_EQ(NextReport(), name);

  EXPECT_THAT(heard, testing::ElementsAreArray(kSpecialNames));
  EXPECT_FALSE(was_destroyed);
}

TEST_P(ElectronContract, Rule19_NobodyHasToListenToThem) {
  WebContents& contents = StartRenderer("SendsOnSpecialNames");

  ASSERT_TRUE(contents.Send("error").ok());

  EXPECT_EQ(NextReport(), "error");
  EXPECT_THAT(log(), IsEmpty());
}

}  // namespace
}  // namespace ipc
