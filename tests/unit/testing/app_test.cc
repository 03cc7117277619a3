// An application under test, as its authors would write it.

#include "runtime/testing/app.h"

#include <csignal>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/api/web_view.h"
#include "samples/notes/notes_service.h"

namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class AppTest : public ::testing::Test {
 protected:
  static ipc::MainProcessOptions Quiet() {
    ipc::MainProcessOptions options;
    options.log = {};
    return options;
  }

  void NoteEvent(std::string what) { events_.push_back(std::move(what)); }
  // "GONE (REASON)" for each renderer that is.
  void WatchEndOf(ipc::testing::Renderer& renderer) {
    renderer.contents().render_process_gone().Add(
        [this](const ipc::RenderProcessGoneDetails& details) {
          NoteEvent("GONE (" + std::string(ToString(details.reason)) + ")");
        });
  }

  ipc::testing::App app_{Quiet()};
  std::vector<std::string> events_;
};

// A window, as an application has one.
class Window {
 public:
  explicit Window(ipc::RendererProcess& renderer)
      : notes_(renderer.ipc_renderer()), version_(notes_.Version()->version) {
    notes_
        .HandleConfirmClose([](ipc::IpcRendererInvokeEvent&) {
          return notes::NotesConfirmCloseResponse{.ok = true};
        })
        .IgnoreError();
  }

  const std::string& version() const { return version_; }

 private:
  notes::NotesIpcRenderer notes_;
  std::string version_;
};

class NotesAppTest : public AppTest {
 protected:
  std::vector<std::string> heard_;
  notes::NotesService service_{
      [this](const ipc::MessageOrigin&, const std::string& what) { heard_.push_back(what); },
      [](const notes::Note&) {}};
  absl::StatusOr<ipc::Registration> bound_ = notes::BindNotes(app_.ipc_main(), service_);
};

TEST_F(NotesAppTest, AServiceIsTestedByARenderer) {
  notes::NotesIpcRenderer notes(app_.AddRenderer().ipc_renderer());

  ASSERT_TRUE(notes.Typing(7).ok());
  app_.RunUntilIdle();

  EXPECT_THAT(heard_, ElementsAre("send   Typing(7)"));
}

TEST_F(NotesAppTest, ACallIsAwaited) {
  notes::NotesIpcRenderer notes(app_.AddRenderer().ipc_renderer());

  auto saved = app_.Await(notes.Save({.title = "Milk"}));

  ASSERT_TRUE(saved.ok() && saved->ok()) << saved.status();
  EXPECT_EQ(saved->value().title, "Milk");
}

TEST_F(NotesAppTest, ARendererSetsItselfUpAndIsAsked) {
  std::shared_ptr<Window> window;
  ipc::testing::Renderer& renderer = app_.AddRenderer(
      {.setup = [&](auto& process) { return window = std::make_shared<Window>(process); }});

  auto confirmed = app_.Await(notes::NotesWebContents(renderer.ref()).ConfirmClose());

  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_TRUE(confirmed->ok);
  EXPECT_EQ(window->version(), "1.0");
}

TEST_F(AppTest, ADeadlinePassesWithoutWaiting) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  std::vector<ipc::Resolver<ipc::Value>> owed;
  ASSERT_TRUE(
      renderer.ipc_renderer()
          .Handle("ch", [&](auto&, const ipc::Args&) { return owed.emplace_back().promise(); })
          .ok());
  renderer.contents()
      .InvokeArgs("ch", {}, ipc::CallOptions(seconds(30)))
      .Then([&](absl::StatusOr<ipc::Value> answer) {
        NoteEvent(std::string(answer.status().message()));
      });

  app_.Advance(seconds(30) - ipc::milliseconds(1));
  EXPECT_THAT(events_, ElementsAre());
  app_.Advance(ipc::milliseconds(1));

  EXPECT_THAT(events_,
              ElementsAre("Error invoking remote method 'ch': Error: no answer within 30000 ms"));
}

TEST_F(AppTest, TimePassesOnlyAsFarAsACallNeeds) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  ASSERT_TRUE(app_.ipc_main()
                  .Handle("slow",
                          [&](auto&, const ipc::Args&) {
                            auto owed = std::make_shared<ipc::Resolver<ipc::Value>>();
                            app_.main().loop().StartTimer(app_.Now() + seconds(7),
                                                          [owed] { owed->Resolve("done"); });
                            return owed->promise();
                          })
                  .ok());
  const ipc::MonotonicTime start = app_.Now();

  auto answer = app_.Await(renderer.ipc_renderer().Invoke("slow"));

  EXPECT_EQ(answer.value(), ipc::Value("done"));
  EXPECT_EQ(app_.Now() - start, seconds(7));
}

TEST_F(AppTest, ASendSyncLetsTimePassUntilItsAnswer) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  app_.ipc_main().On("slow", [&](ipc::IpcMainEvent& event, const ipc::Args&) {
    auto asked = std::make_shared<ipc::IpcMainEvent>(std::move(event));
    app_.main().loop().StartTimer(app_.Now() + seconds(7),
                                  [asked] { asked->SetReturnValue("done"); });
  });
  const ipc::MonotonicTime start = app_.Now();

  const absl::StatusOr<ipc::Value> answer = renderer.ipc_renderer().SendSync("slow");

  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, ipc::Value("done"));
  EXPECT_EQ(app_.Now() - start, seconds(7));
}

TEST_F(AppTest, ATimerOfARendererThatWaitsIsLate) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  app_.ipc_main().On("slow", [&](ipc::IpcMainEvent& event, const ipc::Args&) {
    auto asked = std::make_shared<ipc::IpcMainEvent>(std::move(event));
    app_.main().loop().StartTimer(app_.Now() + seconds(7),
                                  [asked] { asked->SetReturnValue("done"); });
  });
  renderer.process().loop().StartTimer(app_.Now() + seconds(1), [&] { NoteEvent("timer"); });
  const ipc::MonotonicTime start = app_.Now();

  ASSERT_TRUE(renderer.ipc_renderer().SendSync("slow").ok());
  NoteEvent("answered");
  app_.RunUntilIdle();

  EXPECT_EQ(app_.Now() - start, seconds(7));
  EXPECT_THAT(events_, ElementsAre("answered", "timer"));
}

TEST_F(AppTest, ASendSyncThatNobodyAnswersEndsByItsDeadline) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  std::vector<ipc::IpcMainEvent> asked;
  app_.ipc_main().On("never", [&](ipc::IpcMainEvent& event, const ipc::Args&) {
    asked.push_back(std::move(event));
  });
  const ipc::MonotonicTime start = app_.Now();

  const absl::StatusOr<ipc::Value> answer = renderer.ipc_renderer().SendSync("never");

  EXPECT_TRUE(absl::IsDeadlineExceeded(answer.status())) << answer.status();
  EXPECT_EQ(app_.Now() - start, seconds(30));
}

TEST_F(AppTest, ASendSyncIsGivenUpByItsStopToken) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  std::stop_source stop;
  std::vector<ipc::IpcMainEvent> asked;
  app_.ipc_main().On("never", [&](ipc::IpcMainEvent& event, const ipc::Args&) {
    asked.push_back(std::move(event));
    stop.request_stop();
  });
  const ipc::MonotonicTime start = app_.Now();

  const absl::StatusOr<ipc::Value> answer =
      renderer.ipc_renderer().SendSyncArgs("never", {}, ipc::CallOptions(stop.get_token()));

  EXPECT_TRUE(absl::IsCancelled(answer.status())) << answer.status();
  EXPECT_EQ(app_.Now(), start);
}

TEST_F(AppTest, ASendSyncMayNeedAnAnswerOfAnotherRenderer) {
  ipc::testing::Renderer& caller = app_.AddRenderer();
  ipc::testing::Renderer& helper = app_.AddRenderer({.setup = [](auto& process) {
    process.ipc_renderer()
        .Handle("half", [](auto&, const ipc::Args& args) { return args[0].int64() / 2; })
        .IgnoreError();
    return nullptr;
  }});
  app_.ipc_main().On("ask", [&](ipc::IpcMainEvent& event, const ipc::Args& args) {
    auto asked = std::make_shared<ipc::IpcMainEvent>(std::move(event));
    helper.contents().Invoke("half", args[0]).Then([asked](absl::StatusOr<ipc::Value> half) {
      asked->SetReturnValue(*half);
    });
  });

  const absl::StatusOr<ipc::Value> answer = caller.ipc_renderer().SendSync("ask", 14);

  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(*answer, ipc::Value(7));
}

TEST_F(AppTest, NothingIsDispatchedToARendererThatWaits) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  renderer.ipc_renderer().On("told", [&](auto&, const ipc::Args&) { NoteEvent("told"); });
  app_.ipc_main().On("ask", [&](ipc::IpcMainEvent& event, const ipc::Args&) {
    renderer.contents().Send("told").IgnoreError();
    event.SetReturnValue(1);
  });

  ASSERT_TRUE(renderer.ipc_renderer().SendSync("ask").ok());
  NoteEvent("answered");
  app_.RunUntilIdle();

  EXPECT_THAT(events_, ElementsAre("answered", "told"));
}

TEST_F(AppTest, AFrozenRendererIsUnresponsiveUntilItIsThawed) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  renderer.contents().unresponsive().Add([&] { NoteEvent("unresponsive"); });
  renderer.contents().responsive().Add([&] { NoteEvent("responsive"); });
  app_.Advance(seconds(60));
  ASSERT_THAT(events_, ElementsAre());

  renderer.Freeze();
  app_.Advance(seconds(7));
  NoteEvent("thaw");
  renderer.Thaw();
  app_.Advance(seconds(2));

  EXPECT_THAT(events_, ElementsAre("unresponsive", "thaw", "responsive"));
}

TEST_F(AppTest, AKilledRendererIsGoneAndItsCallsEnd) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  std::vector<ipc::Resolver<ipc::Value>> owed;
  ASSERT_TRUE(
      app_.ipc_main()
          .Handle("ch", [&](auto&, const ipc::Args&) { return owed.emplace_back().promise(); })
          .ok());
  ipc::Promise<ipc::Value> call = renderer.ipc_renderer().Invoke("ch");
  app_.RunUntilIdle();
  ASSERT_EQ(owed.size(), 1u);

  renderer.Kill();
  app_.RunUntilIdle();

  EXPECT_THAT(events_, ElementsAre("GONE (killed)"));
  EXPECT_TRUE(owed[0].is_cancelled());
  ASSERT_TRUE(call.is_ready());
  EXPECT_TRUE(absl::IsUnavailable(std::move(call).Take().status()));
  EXPECT_TRUE(absl::IsUnavailable(renderer.ipc_renderer().Send("ch")));
}

TEST_F(AppTest, ACrashInsideOfASendSyncEndsIt) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  app_.ipc_main().On("ask", [&](ipc::IpcMainEvent&, const ipc::Args&) { renderer.Crash(); });

  const absl::StatusOr<ipc::Value> answer = renderer.ipc_renderer().SendSync("ask");
  app_.RunUntilIdle();

  EXPECT_TRUE(absl::IsUnavailable(answer.status())) << answer.status();
  EXPECT_THAT(events_, ElementsAre("GONE (crashed)"));
}

TEST_F(NotesAppTest, AReloadSetsTheRendererUpAgain) {
  int launches = 0;
  ipc::testing::Renderer& renderer = app_.AddRenderer({.setup = [&](auto& process) {
    ++launches;
    return std::make_shared<Window>(process);
  }});
  app_.RunUntilIdle();
  renderer.Crash();
  app_.RunUntilIdle();

  ASSERT_TRUE(renderer.contents().Reload().ok());
  auto confirmed = app_.Await(notes::NotesWebContents(renderer.ref()).ConfirmClose());

  EXPECT_EQ(launches, 2);
  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_TRUE(confirmed->ok);
}

TEST_F(AppTest, ALostConnectionEndsBothSides) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  renderer.process().disconnected().Add(
      [&](const absl::Status& reason) { NoteEvent(std::string(reason.message())); });
  app_.RunUntilIdle();

  renderer.Disconnect();
  app_.RunUntilIdle();

  EXPECT_THAT(events_, ElementsAre("the connection was lost", "GONE (clean-exit)"));
}

TEST_F(AppTest, ARendererThatQuitsIsGone) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  app_.RunUntilIdle();

  renderer.process().Quit();
  app_.RunUntilIdle();

  EXPECT_THAT(events_, ElementsAre("GONE (clean-exit)"));
}

TEST_F(AppTest, ASetupThatThrowsIsAnAbnormalExit) {
  WatchEndOf(app_.AddRenderer(
      {.setup = [](auto&) -> std::shared_ptr<void> { throw std::runtime_error("oops"); }}));

  app_.Advance(seconds(5));

  EXPECT_THAT(events_, ElementsAre("GONE (abnormal-exit)"));
  EXPECT_THAT(app_.log(), HasSubstr("oops"));
}

TEST_F(AppTest, MainQuitsAndItsRenderersWithIt) {
  std::weak_ptr<int> window;
  app_.AddRenderer({.setup = [&](auto&) {
    auto made = std::make_shared<int>(1);
    window = made;
    return made;
  }});
  app_.RunUntilIdle();
  ASSERT_FALSE(window.expired());

  app_.main().Quit();
  app_.RunUntilIdle();

  EXPECT_TRUE(window.expired());
  EXPECT_TRUE(app_.main().GetAllWebContents().empty());
}

TEST_F(AppTest, ACallThatNothingEndsIsGivenUp) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  std::vector<ipc::Resolver<ipc::Value>> owed;
  ASSERT_TRUE(
      app_.ipc_main()
          .Handle("ch", [&](auto&, const ipc::Args&) { return owed.emplace_back().promise(); })
          .ok());

  const absl::Status given_up = app_.Await(renderer.ipc_renderer().Invoke("ch")).status();

  EXPECT_EQ(given_up.message(), "App::Await() has no more patience");
}

TEST_F(AppTest, WhatIsLoggedIsKept) {
  app_.ipc_main().On("fail", [](auto&, const ipc::Args&) { throw std::runtime_error("oops"); });

  app_.AddRenderer().ipc_renderer().Send("fail").IgnoreError();
  app_.RunUntilIdle();

  EXPECT_THAT(app_.log(), HasSubstr("Error occurred in listener for 'fail'"));
  EXPECT_THAT(app_.log(), HasSubstr("oops"));
}

TEST_F(AppTest, AGuestTellsItsEmbedder) {
  ipc::testing::Renderer& embedder = app_.AddRenderer();
  ipc::testing::Renderer& guest = app_.AddRenderer({.embedder_id = embedder.contents().id()});
  ipc::WebView view(embedder.process(), guest.contents().id());
  view.ipc_message().Add(
      [&](auto&, std::string_view channel, const ipc::Args&) { NoteEvent(std::string(channel)); });

  ASSERT_TRUE(guest.ipc_renderer().SendToHost("resized").ok());
  app_.RunUntilIdle();

  EXPECT_THAT(events_, ElementsAre("resized"));
}

TEST(AppDeathTest, AnAppIsNotRunByWhatItRuns) {
  EXPECT_DEATH(
      {
        ipc::testing::App app;
        app.ipc_main().On("ch", [&](auto&, const ipc::Args&) { app.RunUntilIdle(); });
        app.AddRenderer().ipc_renderer().Send("ch").IgnoreError();
        app.RunUntilIdle();
      },
      "an App is run by its test");
}

}  // namespace
