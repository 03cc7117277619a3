// What every adapter does, in the loop that it is for: a whole main, or a whole renderer.
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/api/main_process.h"
#include "tests/electron/renderer_body.h"
#include "tests/electron/started_process.h"
#include "tests/loops/foreign_loops.h"
#include "tests/loops/renderers.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Hangs are for the test runner to end: nothing here waits by the clock.
template <typename Loop>
class LoopsTest : public testing::Test {
 protected:
  LoopsTest() {
    IpcMain& ipc_main = main_->ipc_main();
    ipc_main.On("hello", [&](IpcMainEvent& event, const Args& args) {
      log_.push_back("hello " + args[0].string());
      sender_ = event.sender();
    });
    ipc_main.On("double", [](IpcMainEvent& event, const Args& args) {
      event.SetReturnValue(args[0].int64() * 2);
    });
    auto later = [&](IpcMainInvokeEvent&, const Args& args) {
      Resolver<Value> resolver;
      Promise<Value> promise = resolver.promise();
      EventLoop& loop = main_->loop();
      loop.StartTimer(loop.Now() + milliseconds(2),
                      [resolver = std::move(resolver), answer = args[0]]() mutable {
                        resolver.Resolve(std::move(answer));
                      });
      return promise;
    };
    EXPECT_TRUE(ipc_main.Handle("later", later).ok());
    EXPECT_TRUE(ipc_main
                    .Handle("never",
                            [&](auto&, const Args&) {
                              log_.push_back("never");
                              main_->Quit();
                              return owed_.promise();
                            })
                    .ok());
    main_->web_contents_created().Add([&](WebContents& contents) {
      contents.render_process_gone().Add(
          [&](const RenderProcessGoneDetails& gone) { exit_codes_.push_back(gone.exit_code); });
    });
  }

  void OnReport(absl::AnyInvocable<void(const std::string&)> heard) {
    main_->ipc_main().On("report",
                         [this, heard = std::move(heard)](IpcMainEvent&, const Args& args) mutable {
                           log_.push_back(args[0].string());
                           heard(log_.back());
                         });
  }
  void LaunchThread(std::string_view body) {
    ASSERT_TRUE(main_->LaunchInproc(FindBody(body)).ok());
  }
  void LaunchProcess(std::string_view body) {
    const RendererCommand command{.body = std::string(body)};
    ASSERT_TRUE(main_->Launch({.program = OwnProgram(), .args = ToArguments(command)}).ok());
  }

  // Main in the loop under test: a renderer says one of everything, hears of a foreign timer, and
  // main quits.
  void RunMainInLoop() {
    loop_.Attach(main_->loop(), [&] {
      log_.push_back("quit");
      loop_.Stop();
    });
    OnReport([&](const std::string& report) {
      if (report == "OK: 2") {
        loop_.After(milliseconds(1), [&] { sender_.Send("tick", "tock").IgnoreError(); });
      }
      if (report == "tock") main_->Quit();
    });

    loop_.Run();
  }

  // Main in a loop of ours: a renderer does the same from inside of the loop under test, and leaves
  // a call behind.
  void RunMainAlone() {
    OnReport([](const std::string&) {});
    main_->ipc_main().On("hello", [](IpcMainEvent& event, const Args&) {
      event.Reply("tick", "tock").IgnoreError();
    });

    main_->Run();
  }

  std::vector<std::string> log_;
  std::vector<int> exit_codes_;
  WebContentsRef sender_{nullptr};
  Resolver<Value> owed_;
  std::unique_ptr<MainProcess> main_ = *MainProcess::Create({.log = [](auto, auto) {}});
  Loop loop_;
};

using Loops = testing::Types<GlibUnderTest, UvUnderTest, AsioUnderTest>;
class LoopNames {
 public:
  template <typename Loop>
  static std::string GetName(int) {
    return std::string(kLivesIn<Loop>.substr(7));
  }
};
TYPED_TEST_SUITE(LoopsTest, Loops, LoopNames);

TYPED_TEST(LoopsTest, MainServesARendererOnAThreadUntilItQuits) {
  this->LaunchThread("TalksToMain");

  this->RunMainInLoop();

  EXPECT_THAT(this->log_, ElementsAre("hello main", "OK: 42", "OK: 2", "tock", "quit"));
  EXPECT_THAT(this->main_->GetAllWebContents(), IsEmpty());
}

TYPED_TEST(LoopsTest, MainServesARendererProcessUntilItQuits) {
  this->LaunchProcess("TalksToMain");

  this->RunMainInLoop();

  EXPECT_THAT(this->log_, ElementsAre("hello main", "OK: 42", "OK: 2", "tock", "quit"));
  EXPECT_THAT(this->main_->GetAllWebContents(), IsEmpty());
}

TYPED_TEST(LoopsTest, ARendererOnAThreadLivesInItUntilMainIsGone) {
  this->LaunchThread(kLivesIn<TypeParam>);

  this->RunMainAlone();

  EXPECT_THAT(this->log_, ElementsAre("OK: 42", "OK: 2", "hello main", "tock", "never"));
  EXPECT_THAT(this->exit_codes_, ElementsAre(0));
}

TYPED_TEST(LoopsTest, ARendererProcessLivesInItUntilMainIsGone) {
  this->LaunchProcess(kLivesIn<TypeParam>);

  this->RunMainAlone();

  EXPECT_THAT(this->log_, ElementsAre("OK: 42", "OK: 2", "hello main", "tock", "never"));
  EXPECT_THAT(this->exit_codes_, ElementsAre(0));
}

TYPED_TEST(LoopsTest, AnIdleSecondHardlyWakesIt) {
  this->LaunchProcess("Idles");
  int before = 0;
  WebContents& contents = *this->main_->GetAllWebContents().front();
  contents.did_attach().Add([&] {
    this->loop_.After(milliseconds(100), [&] { before = this->loop_.wakeups(); });
    this->loop_.After(milliseconds(1'100), [&] { this->loop_.Stop(); });
  });
  this->loop_.Attach(this->main_->loop(), nullptr);

  this->loop_.Run();

  ASSERT_GT(before, 0);
  EXPECT_LE(this->loop_.wakeups() - before, 10);
}

TYPED_TEST(LoopsTest, AQuitOnAnotherThreadWakesIt) {
  this->loop_.Attach(this->main_->loop(), [&] { this->loop_.Stop(); });
  std::thread other;
  this->loop_.After(milliseconds(1), [&] { other = std::thread([&] { this->main_->Quit(); }); });

  this->loop_.Run();
  other.join();
}

TYPED_TEST(LoopsTest, WhoGoesOnAfterAQuitHearsOfTheNext) {
  this->loop_.Attach(this->main_->loop(), [&] {
    this->log_.push_back("quit");
    this->loop_.Stop();
  });
  this->main_->Quit();
  this->loop_.Run();
  this->main_->Run();
  this->main_->loop().task_runner()->Post([&] { this->log_.push_back("goes on"); });
  this->loop_.RunWhatIsReady();

  this->main_->Quit();
  this->loop_.Run();

  EXPECT_THAT(this->log_, ElementsAre("quit", "goes on", "quit"));
}

TYPED_TEST(LoopsTest, ADetachedLoopRestsUntilItIsAttachedAgain) {
  EventLoop& loop = this->main_->loop();
  this->loop_.Attach(loop, nullptr);
  loop.task_runner()->Post([&] { this->log_.push_back("before"); });
  this->loop_.RunWhatIsReady();

  this->loop_.Detach();
  loop.task_runner()->Post([&] { this->log_.push_back("after"); });
  this->loop_.RunWhatIsReady();
  const std::vector<std::string> while_detached = this->log_;
  this->loop_.Attach(loop, nullptr);
  this->loop_.RunWhatIsReady();

  EXPECT_THAT(while_detached, ElementsAre("before"));
  EXPECT_THAT(this->log_, ElementsAre("before", "after"));
}

}  // namespace
}  // namespace ipc
