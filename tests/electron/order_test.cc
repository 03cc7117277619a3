// Rules about order: 10, 11 and 14.

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;

constexpr int kMessages = 300;

RENDERER_BODY(SendsInvokesAndAsksInTurn) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::vector<Promise<Value>> calls;
  for (int i = 0; i < kMessages; ++i) {
    if (i % 3 == 0) {
      ipc.Send("sent", i).IgnoreError();
    } else if (i % 3 == 1) {
      calls.push_back(ipc.Invoke("invoked", i));
    } else if (i % 30 == 2) {
      ipc.SendSync("asked", i).IgnoreError();
    } else {
      ipc.Send("sent", i).IgnoreError();
    }
  }
  Report(renderer, "issued");
  renderer.Run();
}

TEST_P(ElectronContract, Rule10_MainHearsARendererInTheOrderItSpoke) {
  std::vector<int64_t> heard;
  StartRenderer("SendsInvokesAndAsksInTurn");
  ipc_main().On("sent", [&](auto&, const Args& args) { heard.push_back(args[0].int64()); });
  ipc_main().On("asked", [&](IpcMainEvent& event, const Args& args) {
    heard.push_back(args[0].int64());
    event.SetReturnValue(nullptr);
  });
  ASSERT_TRUE(ipc_main()
                  .Handle("invoked",
                          [&](auto&, const Args& args) -> Promise<Value> {
                            heard.push_back(args[0].int64());
                            return Value();
                          })
                  .ok());

  NextReport();

  std::vector<int64_t> issued(kMessages);
  for (int i = 0; i < kMessages; ++i) issued[i] = i;
  EXPECT_EQ(heard, issued);
}

RENDERER_BODY(LogsMessagesAndReplies) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::string heard;
  ipc.On("message", [&](auto&, const Args& args) { heard += args[0].string() + " "; });
  ipc.On("last", [&](auto&, const Args&) { Report(renderer, heard); });
  for (const char* name : {"1", "2", "3"}) {
    ipc.Invoke("method", name).Then([&](absl::StatusOr<Value> reply) {
      heard += "reply" + (*reply).string() + " ";
    });
  }
  renderer.Run();
}

TEST_P(ElectronContract, Rule11_ARendererHearsMainInOrderRepliesIncluded) {
  WebContents& contents = StartRenderer("LogsMessagesAndReplies");
  std::vector<Resolver<Value>> owed(3);
  size_t called = 0;
  ASSERT_TRUE(ipc_main()
                  .Handle("method", [&](auto&, const Args&) { return owed[called++].promise(); })
                  .ok());
  RunUntil([&] { return called == 3; });

  ASSERT_TRUE(contents.Send("message", "a").ok());
  owed[2].Resolve(Value("3"));
  ASSERT_TRUE(contents.Send("message", "b").ok());
  owed[0].Resolve(Value("1"));
  owed[1].Resolve(Value("2"));
  ASSERT_TRUE(contents.Send("message", "c").ok());
  ASSERT_TRUE(contents.Send("last").ok());

  EXPECT_EQ(NextReport(), "a reply3 b reply1 reply2 c ");
}

RENDERER_BODY(CountsMessagesAfterASlowStart) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  // Time passes, frames arrive, and still nothing is dispatched before Run().
  std::string outcome = Describe(ipc.SendSync("are-you-there"));
  int64_t expected = 0;
  ipc.On("early", [&](auto&, const Args& args) {
    if (args[0] == expected) ++expected;
    if (args[0] == kMessages - 1) Report(renderer, expected);
  });
  Report(renderer, outcome);
  renderer.Run();
}

TEST_P(ElectronContract, Rule14_WhatMainSendsBeforeTheRendererIsReadyIsKeptInOrder) {
  bool was_connected = true;
  ipc_main().On("are-you-there", [](IpcMainEvent& event, const Args&) {
    event.SetReturnValue(event.sender().Send("late").ok());
  });

  StartRenderer("CountsMessagesAfterASlowStart", [&](WebContents& contents) {
    was_connected = contents.is_connected();
    for (int i = 0; i < kMessages; ++i) EXPECT_TRUE(contents.Send("early", i).ok());
  });

  EXPECT_FALSE(was_connected);
  EXPECT_EQ(NextReport(), "OK: true");
  EXPECT_EQ(NextReport(), kMessages);
}

RENDERER_BODY(ReportsEveryMessage) {
  renderer.ipc_renderer().On("early", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule14_TheyAreKeptWithinTheOutboundLimitInMessages) {
  options().limits.outbound_frames = 4;
  std::vector<std::string> sent;

  StartRenderer("ReportsEveryMessage", [&](WebContents& contents) {
    for (int i = 0; i < 5; ++i) sent.push_back(Describe(contents.Send("early", i)));
  });

  EXPECT_THAT(sent, ElementsAre("OK: ", "OK: ", "OK: ", "OK: ",
                                testing::StartsWith("RESOURCE_EXHAUSTED: the outbound queue")));
  for (int i = 0; i < 4; ++i) EXPECT_EQ(NextReport(), i);
}

TEST_P(ElectronContract, Rule14_TheyAreKeptWithinTheOutboundLimitInBytes) {
  options().limits.outbound_bytes = 1000;
  std::vector<std::string> sent;

  StartRenderer("ReportsEveryMessage", [&](WebContents& contents) {
    sent.push_back(Describe(contents.Send("early", std::string(5000, 'x'))));
    sent.push_back(Describe(contents.Send("early", "one too many")));
  });

  EXPECT_THAT(sent,
              ElementsAre("OK: ", testing::StartsWith("RESOURCE_EXHAUSTED: the outbound queue")));
  EXPECT_EQ(NextReport(), std::string(5000, 'x'));
}

}  // namespace
}  // namespace ipc
