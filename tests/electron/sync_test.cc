// Rules about sendSync: 7, 8 and 12.

#include <thread>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

RENDERER_BODY(AsksSync) {
  Report(renderer, Describe(renderer.ipc_renderer().SendSync("question", "life")));
  renderer.Run();
}

TEST_P(ElectronContract, Rule07_TheFirstReturnValueIsSentAndLaterOnesAreIgnored) {
  std::optional<IpcMainEvent> kept;
  StartRenderer("AsksSync");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    kept = event;  // the answer travels because it was given, not because the event ends
    event.SetReturnValue("first");
    event.SetReturnValue("again");
  });
  ipc_main().On("question",
                [](IpcMainEvent& event, const Args&) { event.SetReturnValue("second"); });

  EXPECT_EQ(NextReport(), "OK: \"first\"");
  EXPECT_TRUE(kept.has_value());
}

TEST_P(ElectronContract, Rule07_AListenerThatSetsNothingLeavesItToTheOthers) {
  StartRenderer("AsksSync");
  ipc_main().On("question", [](IpcMainEvent&, const Args&) {});
  ipc_main().On("question", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(42); });

  EXPECT_EQ(NextReport(), "OK: 42");
}

TEST_P(ElectronContract, Rule07_ReturnValueMayBeSetAfterTheListenerReturned) {
  std::optional<IpcMainEvent> kept;
  StartRenderer("AsksSync");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) { kept = event; });
  RunUntil([&] { return kept.has_value(); });

  EXPECT_EQ(pending_reports(), 0u);
  kept->SetReturnValue("later");

  EXPECT_EQ(NextReport(), "OK: \"later\"");
}

TEST_P(ElectronContract, Rule07_ReturnValueMayBeSetOnAnotherThread) {
  std::jthread thread;
  StartRenderer("AsksSync");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    thread = std::jthread([event] { event.SetReturnValue("from a thread"); });
  });

  EXPECT_EQ(NextReport(), "OK: \"from a thread\"");
}

TEST_P(ElectronContract, Rule07_ReturnValueOfASendIsForNobody) {
  StartRenderer("AsksSync");
  ipc_main().On("question", [](IpcMainEvent& event, const Args&) { event.SetReturnValue(1); });
  ipc_main().PrependListener(
      "report", [](IpcMainEvent& event, const Args&) { event.SetReturnValue("nobody asked"); });

  EXPECT_EQ(NextReport(), "OK: 1");
}

TEST_P(ElectronContract, Rule08_ASendSyncNobodyAnswersEndsWithTheLastEvent) {
  std::optional<IpcMainEvent> kept;
  StartRenderer("AsksSync");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) { kept = event; });
  RunUntil([&] { return kept.has_value(); });

  EXPECT_EQ(pending_reports(), 0u);
  kept.reset();

  EXPECT_EQ(NextReport(), "ABORTED: Error invoking remote method 'question': reply was never sent");
}

RENDERER_BODY(LogsWhatItHearsAroundASync) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::string heard;
  bool is_done = false;
  ipc.On("number", [&](IpcRendererEvent&, const Args& args) {
    heard += args[0].string() + " ";
    is_done = args[0] == "last";
  });
  ipc.Invoke("early").Then([&](absl::StatusOr<Value>) { heard += "replied "; });

  heard += Describe(ipc.SendSync("question")) + " ";
  heard += Describe(ipc.SendSync("question")) + " ";
  DispatchUntil(renderer, [&] { return is_done; });

  Report(renderer, heard);
  renderer.Run();
}

TEST_P(ElectronContract, Rule12_WhatComesDuringSendSyncWaitsInOrder) {
  WebContents& contents = StartRenderer("LogsWhatItHearsAroundASync");
  Resolver<Value> early;
  ASSERT_TRUE(
      ipc_main()
          .Handle("early", [&](IpcMainInvokeEvent&, const Args&) { return early.promise(); })
          .ok());
  int asked = 0;
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    if (++asked == 1) {
      EXPECT_TRUE(contents.Send("number", "one").ok());
      early.Resolve(Value());
      EXPECT_TRUE(contents.Send("number", "two").ok());
      event.SetReturnValue("first");
    } else {
      EXPECT_TRUE(contents.Send("number", "three").ok());
      event.SetReturnValue("second");
      EXPECT_TRUE(contents.Send("number", "last").ok());
    }
  });

  EXPECT_EQ(NextReport(), "OK: \"first\" OK: \"second\" one replied two three last ");
}

RENDERER_BODY(AsksSyncInsideAListener) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::string heard;
  ipc.On("number", [&](IpcRendererEvent&, const Args& args) {
    heard += args[0].string() + " ";
    if (args[0] == "one") heard += Describe(ipc.SendSync("question")) + " ";
    if (args[0] == "last") Report(renderer, heard);
  });
  Report(renderer, "listens");
  renderer.Run();
}

TEST_P(ElectronContract, Rule12_ASendSyncInsideAListenerKeepsTheOrderToo) {
  WebContents& contents = StartRenderer("AsksSyncInsideAListener");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    EXPECT_TRUE(contents.Send("number", "last").ok());
    event.SetReturnValue("answer");
  });
  NextReport();

  for (const char* number : {"one", "two", "three"}) {
    ASSERT_TRUE(contents.Send("number", number).ok());
  }

  EXPECT_EQ(NextReport(), "one OK: \"answer\" two three last ");
}

}  // namespace
}  // namespace ipc
