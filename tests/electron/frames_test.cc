// Rules about frames of a renderer: 1, 2 and 15 as far as child frames go.

#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A child frame that says what it hears, besides a main frame that does.
RENDERER_BODY(HasAChildFrame) {
  RendererFrame* child = *renderer.main_frame().CreateFrame();
  renderer.ipc_renderer().On("reply", [&](auto&, const Args& args) {
    Report(renderer, "main frame: " + args[0].string());
  });
  child->ipc_renderer().On("reply", [&](auto&, const Args& args) {
    Report(renderer, "child frame: " + args[0].string());
  });
  renderer.ipc_renderer().On("remove", [&](auto&, const Args&) { child->Remove(); });
  child->ipc_renderer().Send("message", "from the child").IgnoreError();
  renderer.Run();
}

TEST_P(ElectronContract, Rule15_AReplyReachesTheChildFrameThatSentAndASendTheMainFrame) {
  StartRenderer("HasAChildFrame");
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) {
    EXPECT_NE(event.frame_id(), kMainFrame);
    EXPECT_TRUE(event.Reply("reply", "reply").ok());
    EXPECT_TRUE(event.sender().Send("reply", "send").ok());
    EXPECT_TRUE(event.sender_frame()->Send("reply", "frame send").ok());
  });

  EXPECT_EQ(NextReport(), "child frame: reply");
  EXPECT_EQ(NextReport(), "main frame: send");
  EXPECT_EQ(NextReport(), "child frame: frame send");
}

TEST_P(ElectronContract, Rule15_SendToFrameReachesThatFrameAlone) {
  WebContents& contents = StartRenderer("HasAChildFrame");
  FrameId child;
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) { child = event.frame_id(); });
  RunUntil([&] { return child != FrameId(); });

  ASSERT_TRUE(contents.SendToFrame(FrameId(4711), "reply", "to nobody").ok());
  ASSERT_TRUE(contents.SendToFrame(child, "reply", "by its id").ok());
  ASSERT_TRUE(contents.SendToFrame(kMainFrame, "reply", "by its id").ok());

  EXPECT_EQ(NextReport(), "child frame: by its id");
  EXPECT_EQ(NextReport(), "main frame: by its id");
}

TEST_P(ElectronContract, Rule15_TheFrameOfAnEventIsTheOneThatSentEvenOnceItIsRemoved) {
  std::shared_ptr<WebFrameMain> child;
  WebContents& contents = StartRenderer("HasAChildFrame");
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) { child = event.sender_frame(); });
  RunUntil([&] { return child != nullptr; });
  EXPECT_THAT(contents.frames(), SizeIs(2));
  EXPECT_EQ(child->parent(), contents.main_frame());
  EXPECT_EQ(&child->top(), contents.main_frame().get());
  EXPECT_EQ(child->process_id(), contents.process_id());

  ASSERT_TRUE(contents.Send("remove").ok());
  RunUntil([&] { return child->detached(); });

  EXPECT_THAT(contents.frames(), ElementsAre(contents.main_frame()));
  EXPECT_EQ(child->Send("reply", "too late"), absl::UnavailableError("the frame is gone"));
  EXPECT_EQ(child->process_id(), 0);
  EXPECT_FALSE(contents.main_frame()->detached());
}

TEST_P(ElectronContract, Rule01_TheScopedIpcOfTheFrameHearsFirst) {
  std::vector<std::string> heard;
  WebContents& contents = StartRenderer("HasAChildFrame", [&](WebContents& created) {
    created.ipc_message().Add([&, &contents = created](IpcMainEvent& event, auto&&...) {
      heard.push_back("observer");
      event.sender_frame()->ipc().On("message",
                                     [&](auto&, const Args&) { heard.push_back("frame"); });
      contents.main_frame()->ipc().On("message", [&](auto&, const Args&) {
        heard.push_back("the main frame, which did not send");
      });
    });
    created.ipc().On("message", [&](auto&, const Args&) { heard.push_back("contents"); });
  });
  ipc_main().On("message", [&](auto&, const Args&) { heard.push_back("main"); });

  RunUntil([&] { return heard.size() == 4; });

  EXPECT_THAT(heard, ElementsAre("observer", "frame", "contents", "main"));
  EXPECT_EQ(contents.ipc().ListenerCount("message"), 1u);
}

RENDERER_BODY(AsksFromAChildFrame) {
  RendererFrame* child = *renderer.main_frame().CreateFrame();
  IpcRenderer& ipc = child->ipc_renderer();
  ipc.SendSync("new-frame").IgnoreError();
  Report(renderer, Describe(Await(renderer, ipc.Invoke("who"))));
  Report(renderer, Describe(Await(renderer, renderer.ipc_renderer().Invoke("who"))));
  renderer.Run();
}

TEST_P(ElectronContract, Rule02_TheHandlerOfTheFrameIsAskedBeforeThatOfTheWebContents) {
  auto answers = [](std::string who) {
    return [who](auto&, const Args&) -> Promise<Value> { return Value(who); };
  };
  StartRenderer("AsksFromAChildFrame", [&](WebContents& created) {
    ASSERT_TRUE(created.ipc().Handle("who", answers("contents")).ok());
  });
  ASSERT_TRUE(ipc_main().Handle("who", answers("main")).ok());
  ipc_main().On("new-frame", [&](IpcMainEvent& event, const Args&) {
    EXPECT_TRUE(event.sender_frame()->ipc().Handle("who", answers("frame")).ok());
    event.SetReturnValue(true);
  });

  EXPECT_EQ(NextReport(), "OK: \"frame\"");
  EXPECT_EQ(NextReport(), "OK: \"contents\"");
}

TEST_P(ElectronContract, Rule15_AnEventTellsTheProcessAndTheFrameThatItCameFrom) {
  std::vector<FrameId> frames;
  WebContents* contents = nullptr;
  auto look_at = [&](const MessageOrigin& event) {
    frames.push_back(event.frame_id());
    EXPECT_EQ(event.sender(), contents->ref());
    EXPECT_EQ(event.process_id(), contents->process_id());
    EXPECT_EQ(event.sender_frame()->process_id(), contents->process_id());
    EXPECT_EQ(event.sender_frame()->frame_id(), event.frame_id());
  };
  contents = &StartRenderer("AsksFromAChildFrame");
  ipc_main().On("new-frame", [&](IpcMainEvent& event, const Args&) {
    look_at(event);
    event.SetReturnValue(true);
  });
  ASSERT_TRUE(ipc_main()
                  .Handle("who",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            look_at(event);
                            return Value("main");
                          })
                  .ok());

  NextReport();
  NextReport();

  EXPECT_NE(contents->process_id(), 0);
  EXPECT_THAT(frames, ElementsAre(frames[0], frames[0], kMainFrame));
  EXPECT_NE(frames[0], kMainFrame);
}

RENDERER_BODY(RemovesAFrameThatAsks) {
  RendererFrame* child = *renderer.main_frame().CreateFrame();
  RendererFrame* grandchild = *child->CreateFrame();
  grandchild->ipc_renderer().Invoke("for-ever").Then([&](absl::StatusOr<Value> outcome) {
    Report(renderer, Describe(outcome));
  });
  renderer.ipc_renderer().On("remove", [&](auto&, const Args&) {
    IpcRenderer& ipc = grandchild->ipc_renderer();
    child->Remove();
    child->Remove();
    Report(renderer, Describe(ipc.Send("too late")));
    Report(renderer, Describe(child->CreateFrame().status()));
  });
  renderer.Run();
}

TEST_P(ElectronContract, Rule15_ARemovedFrameTakesThoseBelowAndTheirCallsWithIt) {
  WebContents& contents = StartRenderer("RemovesAFrameThatAsks");
  Resolver<Value> owed;
  std::shared_ptr<WebFrameMain> asking;
  bool is_stopped = false;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
  ASSERT_TRUE(ipc_main()
                  .Handle("for-ever",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            asking = event.sender_frame();
                            on_stop.emplace(event.stop_token(), [&] { is_stopped = true; });
                            return owed.promise();
                          })
                  .ok());
  RunUntil([&] { return asking != nullptr; });
  EXPECT_THAT(contents.frames(), SizeIs(3));

  ASSERT_TRUE(contents.Send("remove").ok());

  EXPECT_EQ(NextReport(),
            "UNAVAILABLE: Error invoking remote method 'for-ever': Error: the frame is gone");
  EXPECT_EQ(NextReport(), "UNAVAILABLE: the frame is gone");
  EXPECT_EQ(NextReport(), "UNAVAILABLE: the frame is gone");
  RunUntil([&] { return is_stopped; });
  EXPECT_TRUE(asking->detached());
  EXPECT_THAT(contents.frames(), SizeIs(1));
}

RENDERER_BODY(CreatesFramesWithoutEnd) {
  std::vector<RendererFrame*> frames;
  absl::StatusOr<RendererFrame*> frame = renderer.main_frame().CreateFrame();
  while (frame.ok()) {
    frames.push_back(*frame);
    frame = frames.back()->CreateFrame();
  }
  Report(renderer, Describe(frame.status()));
  frames.back()->Remove();
  Report(renderer, Describe(renderer.main_frame().CreateFrame().status()));
  renderer.Run();
}

TEST_P(ElectronContract, Rule15_ARendererHasNoMoreFramesThanTheLimit) {
  options().limits.frames = 5;
  WebContents& contents = StartRenderer("CreatesFramesWithoutEnd");

  EXPECT_EQ(NextReport(), "RESOURCE_EXHAUSTED: too many frames (5)");
  EXPECT_EQ(NextReport(), "OK: ");
  EXPECT_THAT(contents.frames(), SizeIs(5));
}

TEST_P(ElectronContract, Rule16_ChildFramesGoWithTheirProcessAndTheMainFrameStays) {
  std::shared_ptr<WebFrameMain> child;
  bool is_gone = false;
  std::vector<std::shared_ptr<WebFrameMain>> frames;
  WebContents& contents = StartRenderer("HasAChildFrame", [&](WebContents& created) {
    created.render_process_gone().Add([&, &contents = created](auto&) {
      frames = contents.frames();
      is_gone = true;
    });
  });
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) { child = event.sender_frame(); });
  RunUntil([&] { return child != nullptr; });
  std::shared_ptr<WebFrameMain> main_frame = contents.main_frame();

  KillRenderer(contents);
  RunUntil([&] { return is_gone; });

  EXPECT_TRUE(child->detached());
  EXPECT_THAT(frames, ElementsAre(main_frame));
}

}  // namespace
}  // namespace ipc
