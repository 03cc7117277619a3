// What is left when main has quit: nothing, within two seconds, whatever its renderers do.
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/processes/self_watch.h"
#include "tests/processes/stage.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;

class ShutdownTest : public ::testing::Test {
 protected:
  ShutdownTest() {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);  // orphans of our renderers come to us
    Stage().StartRenderer("serves");            // what is made once has been made
    folder_ = std::filesystem::temp_directory_path() / "ipc-shutdown-XXXXXX";
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    descriptors_ = OpenDescriptors();
    stage_ = std::make_unique<Stage>();
    EXPECT_TRUE(stage_->main().Listen({.path = folder_ + "/main"}).ok());
  }

  ~ShutdownTest() override { std::filesystem::remove_all(folder_); }

  Stage& stage() { return *stage_; }

  // Main's Quit(), and how long it takes until Run() has returned.
  steady_clock::duration Quit() {
    const auto start = steady_clock::now();
    stage_->main().Quit();
    stage_->main().Run();
    return steady_clock::now() - start;
  }

  void DestroyMain() { stage_.reset(); }

  void ExpectNothingIsLeft() {
    EXPECT_TRUE(SoonBecomesTrue([] { return !HasChildren(); }));
    // They close on gRPC's threads.
    EXPECT_TRUE(SoonBecomesTrue([&] { return OpenDescriptors() == descriptors_; }))
        << OpenDescriptors() << " descriptors, " << descriptors_ << " before";
    EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "the socket, or its lock, is left";
  }

 private:
  std::string folder_;
  size_t descriptors_ = 0;
  std::unique_ptr<Stage> stage_;
};

TEST_F(ShutdownTest, RenderersThatListenLeaveAtOnce) {
  for (int i = 0; i < 3; ++i) stage().StartRenderer("serves");

  const auto time = Quit();
  DestroyMain();

  EXPECT_LT(time, std::chrono::seconds(1));
  ExpectNothingIsLeft();
}

TEST_F(ShutdownTest, RenderersThatDoNotListenAreKilledInTime) {
  stage().StartRenderer("serves");
  stage().StartRenderer("ignores");
  kill(stage().StartRenderer("serves").process_id(), SIGSTOP);
  ASSERT_TRUE(stage().main().Launch({.program = "/bin/sleep", .args = {"60"}}).ok());

  const auto time = Quit();
  DestroyMain();

  EXPECT_LT(time, std::chrono::seconds(2));
  ExpectNothingIsLeft();
}

TEST_F(ShutdownTest, AGrandchildThatHoldsTheSocketDelaysNobody) {
  const int32_t grandchild = stage().LeaveGrandchild(stage().StartRenderer("serves"));

  const auto time = Quit();
  DestroyMain();

  EXPECT_LT(time, std::chrono::seconds(1));
  EXPECT_EQ(waitpid(grandchild, nullptr, 0), grandchild);  // it has seen the end of the socket
  ExpectNothingIsLeft();
}

TEST_F(ShutdownTest, AReloadedRendererThatDoesNotListenIsKilledToo) {
  WebContents& contents = stage().StartRenderer("ignores");
  ASSERT_TRUE(contents.Reload().ok());

  const auto time = Quit();
  DestroyMain();

  EXPECT_LT(time, std::chrono::seconds(2));
  ExpectNothingIsLeft();
}

TEST_F(ShutdownTest, DestroyingMainEndsWhoeverIsThere) {
  stage().StartRenderer("serves");
  WebContents& ignores = stage().StartRenderer("ignores");
  kill(stage().StartRenderer("serves").process_id(), SIGSTOP);
  ASSERT_TRUE(ignores.Reload().ok());
  const auto start = steady_clock::now();

  DestroyMain();

  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(2));
  ExpectNothingIsLeft();
}

}  // namespace
}  // namespace ipc::testing
