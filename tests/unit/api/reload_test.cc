// Reload(): what cannot be seen in every pipe, and where it may be called.

#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReloadTest : public ApiTest {
 protected:
  // What a renderer that cannot be is gone as.
  RenderProcessGoneDetails LaunchToTheEnd(const RendererOptions& options) {
    std::optional<RenderProcessGoneDetails> gone;
    Subscription created = main().web_contents_created().AddScoped([&](WebContents& contents) {
      contents.render_process_gone().Add([&](auto& details) { gone = details; });
    });
    auto launched = main().Launch(options);
    if (!launched.ok()) throw std::runtime_error(launched.status().ToString());
    RunUntil([&] { return gone.has_value(); });
    return *gone;
  }
};

TEST_F(ReloadTest, AProcessThatEndsBeforeItsHelloIsLaunchFailedWithItsExitCode) {
  RenderProcessGoneDetails gone = LaunchToTheEnd({.program = "/bin/false"});

  EXPECT_EQ(gone.reason, ExitReason::kLaunchFailed);
  EXPECT_EQ(gone.exit_code, 1);
}

TEST_F(ReloadTest, AProcessThatNeverSaysHelloIsLaunchFailed) {
  options().limits.hello_timeout = milliseconds(50);

  RenderProcessGoneDetails gone = LaunchToTheEnd({.program = "/bin/sleep", .args = {"60"}});

  EXPECT_EQ(gone.reason, ExitReason::kLaunchFailed);
  EXPECT_EQ(gone.message, "no hello within 50 ms");
}

TEST_F(ReloadTest, WhatCannotBeStartedAgainIsToldAndChangesNothing) {
  const std::filesystem::path program =
      std::filesystem::temp_directory_path() / absl::StrCat("ipc-api-false-", getpid());
  std::filesystem::copy_file("/bin/false", program);
  int gone = 0;
  auto launched = main().Launch({.program = program});
  ASSERT_TRUE(launched.ok()) << launched.status();
  (*launched)->render_process_gone().Add([&](auto&) { ++gone; });
  RunUntil([&] { return gone == 1; });

  std::filesystem::remove(program);
  absl::Status missing = (*launched)->Reload();
  std::filesystem::copy_file("/bin/false", program);
  absl::Status there_again = (*launched)->Reload();
  RunUntil([&] { return gone == 2; });

  std::filesystem::remove(program);
  EXPECT_TRUE(absl::IsNotFound(missing)) << missing;
  EXPECT_TRUE(there_again.ok()) << there_again;
}

TEST_F(ReloadTest, ACallThatEndsWithAReloadMayReloadOnceMore) {
  std::vector<Resolver<Value>> owed;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
  int started = 0;
  WebContents& contents = LaunchInproc([](RendererProcess& renderer) {
    Promise<Value> call = renderer.ipc_renderer().Invoke("call");
    renderer.Run();
  });
  ASSERT_TRUE(contents.ipc()
                  .Handle("call",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            if (++started == 1) {
                              on_stop.emplace(event.stop_token(),
                                              [&] { EXPECT_TRUE(contents.Reload().ok()); });
                            }
                            return owed.emplace_back().promise();
                          })
                  .ok());
  RunUntil([&] { return started == 1; });

  EXPECT_TRUE(contents.Reload().ok());

  RunUntil([&] { return started == 2; });
  EXPECT_TRUE(contents.is_connected());
  EXPECT_THAT(log(), IsEmpty());
}

TEST_F(ReloadTest, ARendererThatEndsMayBeReloadedWhileItsCallsEnd) {
  std::vector<std::string> told;
  std::vector<Resolver<Value>> owed;
  std::optional<std::stop_callback<std::function<void()>>> on_stop;
  WebContents& contents = LaunchInproc([](RendererProcess& renderer) {
    Promise<Value> call = renderer.ipc_renderer().Invoke("call");
    renderer.Run();
  });
  contents.did_attach().Add([&] { told.push_back("attached"); });
  contents.render_process_gone().Add([&](auto&) { told.push_back("gone"); });
  ASSERT_TRUE(contents.ipc()
                  .Handle("call",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            if (owed.empty()) {
                              on_stop.emplace(event.stop_token(),
                                              [&] { EXPECT_TRUE(contents.Reload().ok()); });
                            }
                            return owed.emplace_back().promise();
                          })
                  .ok());
  RunUntil([&] { return owed.size() == 1; });

  contents.ForcefullyCrashRenderer();
  RunUntil([&] { return owed.size() == 2; });

  // Its stop token was told first, and reloaded: the end of the old one is nobody's any more.
  EXPECT_THAT(told, ElementsAre("attached", "attached"));
  EXPECT_TRUE(contents.is_connected());
}

TEST_F(ReloadTest, MainMayGoWhileOldRenderersLeave) {
  std::atomic<int> running = 0;
  WebContents& contents = LaunchInproc([&](RendererProcess& renderer) {
    ++running;
    renderer.Run();
  });
  for (int i = 0; i < 5; ++i) {
    RunUntil([&] { return contents.is_connected(); });
    ASSERT_TRUE(contents.Reload().ok());
  }

  DestroyMain();

  EXPECT_EQ(running, 6);
}

}  // namespace
}  // namespace ipc
