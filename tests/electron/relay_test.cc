// Rule 21: messages from renderer to renderer, by way of main.

#include "tests/electron/contract.h"
#include "tests/electron/gate.h"

namespace ipc {
namespace {

using testing::HasSubstr;

// Says what it hears, and passes on what it is told to.
RENDERER_BODY(Relays) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("say", [&](IpcRendererEvent& event, const Args& args) {
    Report(renderer, std::to_string(renderer.web_contents_id().value()) + " hears " +
                         args[0].string() + " from " + std::to_string(event.sender_id().value()));
  });
  ipc.On("send-to", [&](IpcRendererEvent& event, const Args& args) {
    WebContentsId target(static_cast<uint32_t>(args[0].int64()));
    absl::Status sent = event.sender().SendTo(target, "say", args[1]);
    if (!sent.ok()) Report(renderer, Describe(sent));
  });
  ipc.On("send-to-host", [&](IpcRendererEvent& event, const Args& args) {
    Report(renderer, Describe(event.sender().SendToHost("said", args[0])));
  });
  Report(renderer, "ready");
  renderer.Run();
}

// Has the guest that main tells it of.
RENDERER_BODY(Embeds) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::optional<WebView> guest;
  ipc.On("guest", [&](auto&, const Args& args) {
    guest.emplace(renderer, WebContentsId(static_cast<uint32_t>(args[0].int64())));
    guest->ipc_message().Add(
        [&](IpcRendererEvent& event, std::string_view channel, const Args& args) {
          Report(renderer, std::string(channel) + " " + args[0].string() + " from guest " +
                               std::to_string(event.sender_id().value()));
        });
    Report(renderer, "has guest " + std::to_string(guest->guest_id().value()));
  });
  ipc.On("tell", [&](auto&, const Args& args) {
    absl::Status sent = guest->Send("say", args[0]);
    if (!sent.ok()) Report(renderer, Describe(sent));
  });
  Report(renderer, "ready");
  renderer.Run();
}

class RelayContract : public ElectronContract {
 protected:
  WebContents& StartReady(Identity identity, std::string_view body) {
    WebContents& contents = StartRendererAs(std::move(identity), body);
    EXPECT_EQ(NextReport(), "ready");
    return contents;
  }
  static std::string Hears(const WebContents& who, const std::string& what,
                           const WebContents& from) {
    return std::to_string(who.id().value()) + " hears " + what + " from " +
           std::to_string(from.id().value());
  }
  static int64_t Id(const WebContents& contents) { return contents.id().value(); }
};

TEST_P(RelayContract, Rule21_SendToReachesTheMainFrameOfTheOtherWithTheSendersId) {
  WebContents& a = StartReady({}, "Relays");
  WebContents& b = StartReady({}, "Relays");

  ASSERT_TRUE(a.Send("send-to", Id(b), "hello").ok());
  EXPECT_EQ(NextReport(), Hears(b, "hello", a));
  ASSERT_TRUE(b.Send("send-to", Id(b), "myself").ok());
  EXPECT_EQ(NextReport(), Hears(b, "myself", b));

  EXPECT_EQ(main().refused_relays(), 0u);
}

TEST_P(RelayContract, Rule21_SendToNobodyIsDroppedAndLogged) {
  WebContents& a = StartReady({}, "Relays");

  ASSERT_TRUE(a.Send("send-to", 4711, "hello").ok());
  RunUntil([&] { return main().refused_relays() == 1; });

  EXPECT_TRUE(HasLogged("WebContents #" + std::to_string(Id(a)) +
                        " called ipcRenderer.sendTo() with 'say', which was dropped: there is no "
                        "WebContents #4711 (1 such in all)"));
}

TEST_P(RelayContract, Rule21_SendToMainIsRefusedWhereItIsCalled) {
  WebContents& a = StartReady({}, "Relays");

  ASSERT_TRUE(a.Send("send-to", 0, "hello").ok());

  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: sendTo to WebContents #0: main is reached by send");
}

TEST_P(RelayContract, Rule21_AcrossRolesMainDecides) {
  options().allow_send_to = [](const WebContents& from, const WebContents& to) {
    return from.role() == "renderer" && to.role() == "tool";
  };
  WebContents& page = StartReady({}, "Relays");
  WebContents& tool = StartReady({.role = "tool"}, "Relays");

  ASSERT_TRUE(tool.Send("send-to", Id(page), "not allowed").ok());
  RunUntil([&] { return main().refused_relays() == 1; });
  ASSERT_TRUE(page.Send("send-to", Id(tool), "allowed").ok());

  EXPECT_EQ(NextReport(), Hears(tool, "allowed", page));
  EXPECT_TRUE(HasLogged("WebContents #" + std::to_string(Id(tool)) +
                        " called ipcRenderer.sendTo() with 'say', which was dropped: 'tool' may "
                        "not send to 'renderer' (1 such in all)"));
}

TEST_P(RelayContract, Rule21_WhatIsRefusedAgainAndAgainIsCountedAndSeldomLogged) {
  WebContents& page = StartReady({}, "Relays");
  const size_t before = log().size();

  for (int i = 0; i < 100; ++i) ASSERT_TRUE(page.Send("send-to", 4711, "hello").ok());
  RunUntil([&] { return main().refused_relays() == 100; });

  EXPECT_EQ(log().size() - before, 7u) << "the 1st, 2nd, 4th ... 64th";
}

TEST_P(RelayContract, Rule21_ARefusalOfAnotherIsLoggedThoughOneTriesAgainAndAgain) {
  WebContents& first = StartReady({}, "Relays");
  WebContents& second = StartReady({}, "Relays");
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(first.Send("send-to", 4711, "hello").ok());
  RunUntil([&] { return main().refused_relays() == 100; });

  ASSERT_TRUE(second.Send("send-to", 4711, "hello").ok());
  RunUntil([&] { return main().refused_relays() == 101; });

  EXPECT_TRUE(HasLogged("WebContents #" + std::to_string(Id(second)) +
                        " called ipcRenderer.sendTo() with 'say', which was dropped: there is no "
                        "WebContents #4711 (1 such in all)"));
}

TEST_P(RelayContract, Rule21_WhatOthersSendToARendererLeavesRoomForMain) {
  options().limits.outbound_frames = 4;
  options().limits.relayed_frames = 4;
  Gate gate;
  WebContents& busy = StartRenderer("WaitsAtAGate");
  EXPECT_EQ(NextReport(), "started");
  WebContents& flood = StartReady({}, "Relays");
  ASSERT_TRUE(busy.Send("block", gate.path().string()).ok());

  RunUntil([&] {
    flood.Send("send-to", Id(busy), Bytes(50'000)).IgnoreError();
    return main().refused_relays() >= 50;
  });

  EXPECT_EQ(busy.Send("main's own", 1), absl::OkStatus());
  gate.Open();
  EXPECT_EQ(NextReport(), "done");
}

TEST_P(RelayContract, Rule21_SendToHostReachesTheEmbeddersWebView) {
  WebContents& embedder = StartReady({}, "Embeds");
  WebContents& guest = StartReady({.role = "guest", .embedder_id = embedder.id()}, "Relays");
  ASSERT_TRUE(embedder.Send("guest", Id(guest)).ok());
  EXPECT_EQ(NextReport(), "has guest " + std::to_string(Id(guest)));

  ASSERT_TRUE(guest.Send("send-to-host", "hello").ok());
  std::vector<std::string> reports = {NextReport().string(), NextReport().string()};
  ASSERT_TRUE(embedder.Send("tell", "hello back").ok());

  EXPECT_THAT(reports, testing::UnorderedElementsAre(
                           "OK: ", "said hello from guest " + std::to_string(Id(guest))));
  EXPECT_EQ(NextReport(), Hears(guest, "hello back", embedder))
      << "roles differ, and it is allowed";
}

TEST_P(RelayContract, Rule21_SendToHostWithoutAnEmbedderIsAnError) {
  WebContents& page = StartReady({}, "Relays");

  ASSERT_TRUE(page.Send("send-to-host", "hello").ok());

  EXPECT_EQ(NextReport(), "FAILED_PRECONDITION: sendToHost in a renderer that has no embedder");
}

TEST_P(RelayContract, Rule21_AGuestOfNobodyDoesNotComeToBe) {
  const WebContentsId gone(4711);

  const absl::Status refused = main().LaunchInproc([](auto&) {}, "guest", gone).status();

  EXPECT_EQ(refused, absl::NotFoundError("its embedder, WebContents #4711, does not exist"));
  EXPECT_EQ(main().Launch({.program = "/bin/true", .embedder_id = gone}).status(), refused);
  EXPECT_THAT(main().GetAllWebContents(), testing::IsEmpty());
}

TEST_P(RelayContract, Rule21_GuestsGoWithTheirEmbedder) {
  WebContents& embedder = StartReady({}, "Embeds");
  WebContents& guest = StartReady({.embedder_id = embedder.id()}, "Relays");
  bool is_destroyed = false;
  guest.destroyed().Add([&] { is_destroyed = true; });

  CloseRenderer(embedder);
  RunUntil([&] { return is_destroyed; });

  EXPECT_THAT(main().GetAllWebContents(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Pipes, RelayContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
