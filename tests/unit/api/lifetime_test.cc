// Who may go when: WebContents, main, renderers, and the user's code that they call.

#include <poll.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

using std::chrono::steady_clock;
using testing::ElementsAre;
using testing::IsEmpty;

void Ignore(RendererProcess& renderer) { renderer.Run(); }

TEST_F(ApiTest, MainMayGoWhileALaunchIsHalfDoneAndTheRendererBlocks) {
  std::atomic<bool> is_asking = false;
  absl::Status asked;
  LaunchInproc([&](RendererProcess& renderer) {
    is_asking = true;
    asked = renderer.ipc_renderer().SendSync("question").status();
  });
  while (!is_asking) std::this_thread::yield();
  const auto before = steady_clock::now();

  DestroyMain();

  EXPECT_LT(steady_clock::now() - before, std::chrono::seconds(5));
  EXPECT_TRUE(absl::IsUnavailable(asked)) << asked;
}

TEST_F(ApiTest, MainMayGoWhileRenderersWaitForAnswers) {
  std::vector<IpcMainEvent> asked;
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(ipc_main()
                  .Handle("call", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
                  .ok());
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) { asked.push_back(event); });
  for (int i = 0; i < 3; ++i) {
    LaunchInproc([](RendererProcess& renderer) {
      Promise<Value> call = renderer.ipc_renderer().Invoke("call");
      renderer.ipc_renderer().SendSync("question").IgnoreError();
    });
  }
  RunUntil([&] { return asked.size() == 3 && owed.size() == 3; });

  DestroyMain();
  std::thread([&] {
    owed[0].Resolve(Value(1));
    asked[0].SetReturnValue(1);
  }).join();
  owed.clear();
  asked.clear();
}

TEST_F(ApiTest, AHandlerThatIsStoppedAsMainGoesMayLookAround) {
  using Callback = std::stop_callback<std::function<void()>>;
  std::vector<std::unique_ptr<Callback>> on_stop;
  std::vector<Resolver<Value>> owed;
  MainProcess& main = ApiTest::main();
  size_t seen = 0;
  ASSERT_TRUE(ipc_main()
                  .Handle("call",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            on_stop.push_back(std::make_unique<Callback>(
                                event.stop_token(), [&, sender = event.sender()] {
                                  for (WebContents* contents : main.GetAllWebContents()) {
                                    seen += contents->id().value() > 0 ? 1 : 0;
                                    contents->Send("others", "go").IgnoreError();
                                  }
                                  EXPECT_EQ(sender.get(), nullptr);
                                  EXPECT_TRUE(absl::IsUnavailable(sender.Send("to nobody")));
                                }));
                            return owed.emplace_back().promise();
                          })
                  .ok());
  for (int i = 0; i < 20; ++i) {
    LaunchInproc([](RendererProcess& renderer) {
      Promise<Value> call = renderer.ipc_renderer().Invoke("call");
      renderer.Run();
    });
  }
  RunUntil([&] { return owed.size() == 20; });

  DestroyMain();

  // Each sees those that are still there.
  EXPECT_EQ(seen, 20u * 19u / 2u);
}

TEST_F(ApiTest, WhatItsHandlersCapturedFindsNoWebContentsThatIsBeingDestroyed) {
  struct LooksAround {
    ~LooksAround() { look(); }
    std::function<void()> look;
  };
  bool has_looked = false;
  WebContents* found = nullptr;
  absl::Status launched;
  WebContents& contents = LaunchInproc(Ignore);
  auto captured = std::make_shared<LooksAround>();
  captured->look = [&, id = contents.id()] {
    has_looked = true;
    found = main().FromId(id);
    launched = main().LaunchInproc(Ignore).status();
  };
  contents.ipc().On("ch", [captured = std::move(captured)](auto&, const Args&) {});

  contents.Close();
  RunUntil([&] { return has_looked; });

  EXPECT_EQ(found, nullptr);
  EXPECT_TRUE(launched.ok()) << launched;
  EXPECT_EQ(main().GetAllWebContents().size(), 1u);
}

TEST_F(ApiTest, CallsThatARendererLeavesBehindEndBeforeItsRunReturns) {
  std::vector<absl::Status> ends;
  size_t ends_after_run = 0;
  std::vector<Resolver<Value>> owed;
  ASSERT_TRUE(ipc_main()
                  .Handle("call", [&](auto&, const Args&) { return owed.emplace_back().promise(); })
                  .ok());
  WebContentsRef ref = LaunchInproc([&](RendererProcess& renderer) {
                         IpcRenderer& ipc = renderer.ipc_renderer();
                         ipc.Invoke("call").Then([&](absl::StatusOr<Value> outcome) {
                           ends.push_back(outcome.status());
                           ends.push_back(ipc.Send("too late"));
                           ipc.On("ch", [](auto&, const Args&) {});
                           ipc.Invoke("call").Then([](absl::StatusOr<Value>) {});
                         });
                         renderer.Quit();
                         renderer.Run();
                         ends_after_run = ends.size();
                       }).ref();
  bool is_gone = false;
  ref.get()->render_process_gone().Add([&](auto&) { is_gone = true; });

  RunUntil([&] { return is_gone; });

  ASSERT_EQ(ends_after_run, 2u);
  EXPECT_EQ(ends[0], absl::UnavailableError(
                         "Error invoking remote method 'call': Error: the connection is closed"));
  EXPECT_EQ(ends[1], absl::UnavailableError("the connection is closed"));
}

TEST_F(ApiTest, ContinuationsOfARendererThatNeverRunsAreDroppedUnrun) {
  auto held = std::make_shared<int>();
  std::weak_ptr<int> weak = held;
  bool is_run = false;
  WebContentsRef ref = LaunchInproc([&, held = std::move(held)](RendererProcess& renderer) mutable {
                         renderer.ipc_renderer().Invoke("call").Then(
                             [&, held = std::move(held)](absl::StatusOr<Value>) { is_run = true; });
                       }).ref();
  bool is_gone = false;
  ref.get()->render_process_gone().Add([&](auto&) { is_gone = true; });

  RunUntil([&] { return is_gone; });
  DestroyMain();

  EXPECT_FALSE(is_run);
  EXPECT_TRUE(weak.expired());
}

TEST_F(ApiTest, QuitLetsRenderersSayGoodbye) {
  std::atomic<int> goodbyes = 0;
  int destroyed = 0;
  for (int i = 0; i < 3; ++i) {
    WebContents& contents = LaunchInproc([&](RendererProcess& renderer) {
      renderer.ipc_renderer().Send("here").IgnoreError();
      renderer.Run();
      ++goodbyes;
    });
    contents.destroyed().Add([&] { ++destroyed; });
  }
  int here = 0;
  ipc_main().On("here", [&](IpcMainEvent&, const Args&) {
    if (++here == 3) main().Quit();
  });

  main().Run();

  EXPECT_EQ(goodbyes, 3);
  EXPECT_EQ(destroyed, 3);
  EXPECT_THAT(main().GetAllWebContents(), IsEmpty());
}

TEST_F(ApiTest, QuitWithoutRenderersEndsRunAtOnce) {
  main().Quit();

  main().Run();

  SUCCEED();
}

TEST_F(ApiTest, NothingIsLaunchedWhileMainQuits) {
  absl::Status launched;
  LaunchInproc(Ignore).destroyed().Add([&] {
    launched = main().LaunchInproc(Ignore).status();
    EXPECT_EQ(main().Launch({.program = "/bin/true"}).status(), launched);
  });

  main().Quit();
  main().Run();

  EXPECT_EQ(launched, absl::FailedPreconditionError("this main is quitting"));
}

// Calls Close() inside the callback that `hook` sets up, and waits for the end.
class CloseTest : public ApiTest {
 protected:
  void CloseInside(const std::function<void(WebContents&, std::function<void()> close)>& hook) {
    bool is_created = false;
    WebContentsRef ref;
    Subscription created = main().web_contents_created().AddScoped([&](WebContents& contents) {
      ref = contents.ref();
      is_created = true;
      hook(contents, [ref] {
        ref.get()->Close();
        ref.get()->Close();
      });
    });
    LaunchInproc([](RendererProcess& renderer) {
      IpcRenderer& ipc = renderer.ipc_renderer();
      ipc.Send("message").IgnoreError();
      ipc.Invoke("call").Then([](absl::StatusOr<Value>) {});
      ipc.SendSync("question").IgnoreError();
      renderer.Run();
    });
    RunUntil([&] { return is_created && ref.get() == nullptr; });
  }
};

TEST_F(CloseTest, AWebContentsMayBeClosedInsideEveryCallback) {
  using Close = std::function<void()>;
  using Handler = std::function<Promise<Value>(IpcMainInvokeEvent&, const Args&)>;
  auto handles = [](WebContents& contents, Handler handler) {
    ASSERT_TRUE(contents.ipc().Handle("call", std::move(handler)).ok());
  };
  std::optional<std::stop_callback<Close>> on_stop;
  std::vector<Resolver<Value>> owed;

  CloseInside([](WebContents&, Close close) { close(); });
  CloseInside([](WebContents& contents, Close close) { contents.did_attach().Add(close); });
  CloseInside([](WebContents& contents, Close close) {
    contents.ipc_message().Add([=](auto&, auto, const Args&) { close(); });
    contents.ipc().On("message", [](auto&, const Args&) {});
  });
  CloseInside([](WebContents& contents, Close close) {
    contents.ipc().On("message", [=](auto&, const Args&) { close(); });
  });
  CloseInside([](WebContents& contents, Close close) {
    contents.ipc_message_sync().Add([=](auto&, auto, const Args&) { close(); });
  });
  CloseInside([](WebContents& contents, Close close) {
    contents.ipc().On("question", [=](IpcMainEvent& event, const Args&) {
      close();
      event.SetReturnValue(1);
    });
  });
  CloseInside([&](WebContents& contents, Close close) {
    handles(contents, [=](auto&, const Args&) -> Promise<Value> {
      close();
      return Value(1);
    });
  });
  CloseInside([&](WebContents& contents, Close close) {
    handles(contents, [&, close](IpcMainInvokeEvent& event, const Args&) {
      on_stop.emplace(event.stop_token(), close);
      return owed.emplace_back().promise();
    });
    contents.ipc().On("question", [ref = contents.ref()](auto&, const Args&) {
      ref.get()->ForcefullyCrashRenderer();
    });
    contents.render_process_gone().Add([close](auto&) { close(); });
  });
  CloseInside([](WebContents& contents, Close close) {
    contents.render_process_gone().Add([=](auto&) { close(); });
    contents.ipc().On("message",
                      [ref = contents.ref()](auto&, const Args&) { ref.get()->Close(); });
  });
  CloseInside([](WebContents& contents, Close close) {
    contents.destroyed().Add(close);
    contents.ipc().On("message",
                      [ref = contents.ref()](auto&, const Args&) { ref.get()->Close(); });
  });

  EXPECT_THAT(log(), IsEmpty());
}

TEST_F(ApiTest, WhatARendererSaysBeforeItEndsIsHeard) {
  constexpr int kMessages = 3000;
  int heard = 0;
  bool is_gone = false;
  ipc_main().On("message", [&](auto&, const Args&) { ++heard; });
  LaunchInproc([](RendererProcess& renderer) {
    for (int i = 0; i < kMessages; ++i) renderer.ipc_renderer().Send("message").IgnoreError();
  })
      .render_process_gone()
      .Add([&](auto&) { is_gone = true; });

  RunUntil([&] { return is_gone; });

  EXPECT_EQ(heard, kMessages);
}

TEST_F(ApiTest, WhatARendererSaysIsHeardThoughItEndsBeforeItIsAttached) {
  bool is_heard = false;
  bool is_gone = false;
  ipc_main().On("message", [&](auto&, const Args&) { is_heard = true; });
  main().web_contents_created().Add([&](WebContents& contents) {
    contents.render_process_gone().Add([&](auto&) { is_gone = true; });
    pollfd exit{.fd = main().loop().fd(), .events = POLLIN, .revents = 0};
    EXPECT_EQ(poll(&exit, 1, 10'000), 1);
  });

  LaunchInproc(
      [](RendererProcess& renderer) { renderer.ipc_renderer().Send("message").IgnoreError(); });
  RunUntil([&] { return is_gone; });

  EXPECT_TRUE(is_heard);
}

TEST_F(ApiTest, ARegistrationMayOutliveMain) {
  Subscription subscription = ipc_main().ScopedOn("ch", [](auto&, const Args&) {});
  Subscription of_contents = LaunchInproc(Ignore).ipc().ScopedOn("ch", [](auto&, const Args&) {});

  DestroyMain();
}

TEST_F(ApiTest, AnObserverThatAnswersLaterMayRemoveItself) {
  std::optional<IpcMainEvent> kept;
  std::optional<Subscription> observes;
  WebContents& contents = LaunchInproc([](RendererProcess& renderer) {
    auto answer = renderer.ipc_renderer().SendSync("question");
    renderer.ipc_renderer().Send("answer", answer.ok() ? *answer : Value()).IgnoreError();
    renderer.Run();
  });
  observes = contents.ipc_message_sync().AddScoped([&](IpcMainEvent& event, auto, const Args&) {
    kept = event;
    observes.reset();
  });
  Value heard;
  ipc_main().On("answer", [&](auto&, const Args& args) { heard = args[0]; });
  RunUntil([&] { return kept.has_value(); });

  kept->SetReturnValue("later");
  RunUntil([&] { return !heard.is_null(); });

  EXPECT_EQ(heard, "later");
  EXPECT_THAT(log(), IsEmpty());
}

TEST_F(ApiTest, ALogThatThrowsOrIsNotThereCostsNothing) {
  for (LogSink sink : {LogSink(), LogSink([](auto, auto) { throw std::runtime_error("full"); })}) {
    options().log = sink;
    DestroyMain();
    bool is_done = false;
    ipc_main().On("done", [&](auto&, const Args&) { is_done = true; });
    ipc_main().On("message", [](auto&, const Args&) { throw std::runtime_error("some error"); });
    LaunchInproc([](RendererProcess& renderer) {
      renderer.ipc_renderer().Send("message").IgnoreError();
      renderer.ipc_renderer().SendSync("nobody").IgnoreError();
      renderer.ipc_renderer().Send("done").IgnoreError();
      renderer.Run();
    });

    RunUntil([&] { return is_done; });

    EXPECT_TRUE(is_done);
  }
}

TEST_F(ApiTest, ADeadlineThatNoClockReachesIsNone) {
  std::vector<IpcMainInvokeEvent> events;
  ASSERT_TRUE(ipc_main()
                  .Handle("call",
                          [&](IpcMainInvokeEvent& event, const Args&) -> Promise<Value> {
                            events.push_back(event);
                            return Value(1);
                          })
                  .ok());
  absl::Status end = absl::UnknownError("nothing yet");
  bool is_gone = false;
  LaunchInproc([&](RendererProcess& renderer) {
    renderer.ipc_renderer()
        .InvokeArgs("call", {}, CallOptions(milliseconds::max()))
        .Then([&](absl::StatusOr<Value> outcome) {
          end = outcome.status();
          renderer.Quit();
        });
    renderer.Run();
  })
      .render_process_gone()
      .Add([&](auto&) { is_gone = true; });

  RunUntil([&] { return is_gone; });

  EXPECT_EQ(end, absl::OkStatus());
  EXPECT_EQ(events.at(0).deadline(), kForever);
}

}  // namespace
}  // namespace ipc
