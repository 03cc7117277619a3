// Things go wrong by a seed: every call ends, order is kept, and the same seed is the same run.

#include "runtime/testing/faults.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/testing/app.h"
#include "runtime/value/json_writer.h"

namespace {

using ipc::testing::Faults;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

ipc::MainProcessOptions Quiet() {
  ipc::MainProcessOptions options;
  options.log = {};
  return options;
}

class FaultsTest : public ::testing::Test {
 protected:
  void Note(std::string what) { events_.push_back(std::move(what)); }
  void WatchEndOf(ipc::testing::Renderer& renderer) {
    renderer.contents().render_process_gone().Add(
        [this](const ipc::RenderProcessGoneDetails& details) {
          Note(absl::StrCat(std::string(ToString(details.reason)), ": ", details.message));
        });
  }

  ipc::testing::App app_{Quiet()};
  std::vector<std::string> events_;
};

TEST_F(FaultsTest, WhatIsDelayedComesInOrder) {
  constexpr int kMessages = 100;
  std::vector<int64_t> heard;
  app_.ipc_main().On("count",
                     [&](auto&, const ipc::Args& args) { heard.push_back(args[0].int64()); });
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  app_.InjectFaults(1, {.delay = 0.5});

  for (int i = 0; i < kMessages; ++i) renderer.ipc_renderer().Send("count", i).IgnoreError();
  app_.RunUntilIdle();
  const size_t at_once = heard.size();
  app_.Advance(seconds(1));

  EXPECT_LT(at_once, heard.size());
  ASSERT_THAT(heard, SizeIs(kMessages));
  EXPECT_TRUE(std::is_sorted(heard.begin(), heard.end()));
}

TEST_F(FaultsTest, ASendSyncWaitsForWhatIsDelayed) {
  app_.ipc_main().On("ask",
                     [](ipc::IpcMainEvent& event, const ipc::Args&) { event.SetReturnValue(1); });
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  app_.InjectFaults(1, {.delay = 1});
  const ipc::MonotonicTime start = app_.Now();

  EXPECT_TRUE(renderer.ipc_renderer().SendSync("ask").ok());

  EXPECT_GT(app_.Now(), start);
}

TEST_F(FaultsTest, ARendererIsKilledInsideOfACall) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  app_.RunUntilIdle();
  app_.InjectFaults(1, {.kill = 1});

  const absl::Status ended = app_.Await(renderer.ipc_renderer().Invoke("ch")).status();
  app_.RunUntilIdle();

  EXPECT_TRUE(absl::IsUnavailable(ended)) << ended;
  EXPECT_THAT(events_, ElementsAre("killed: the connection was lost"));
}

TEST_F(FaultsTest, AConnectionIsLostInsideOfACall) {
  ipc::testing::Renderer& renderer = app_.AddRenderer();
  WatchEndOf(renderer);
  app_.RunUntilIdle();
  app_.InjectFaults(1, {.drop = 1});

  const absl::Status ended = app_.Await(renderer.ipc_renderer().Invoke("ch")).status();
  app_.RunUntilIdle();

  EXPECT_TRUE(absl::IsUnavailable(ended)) << ended;
  EXPECT_THAT(events_, ElementsAre("clean-exit: the connection was lost"));
}

TEST_F(FaultsTest, WhatIsMalformedEndsThatRenderer) {
  constexpr uint64_t kSeeds = 30;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    events_.clear();
    ipc::testing::Renderer& renderer = app_.AddRenderer();
    ipc::testing::Renderer& other = app_.AddRenderer();
    WatchEndOf(renderer);
    app_.RunUntilIdle();
    app_.InjectFaults(seed, {.malformed = 1});

    const absl::Status ended = app_.Await(renderer.ipc_renderer().Invoke("ch")).status();
    app_.InjectFaults(seed, {});
    app_.RunUntilIdle();

    EXPECT_TRUE(absl::IsUnavailable(ended)) << ended;
    ASSERT_THAT(events_, SizeIs(1));
    EXPECT_THAT(events_[0], HasSubstr("killed: "));
    EXPECT_TRUE(absl::IsUnimplemented(app_.Await(other.ipc_renderer().Invoke("ch")).status()));
    other.Kill();
  }
}

// Renderers that call, ask and block, are asked, die and come back; what happened, and when.
class Turmoil {
 public:
  explicit Turmoil(uint64_t seed) {
    AddMain();
    for (int i = 0; i < 3; ++i) AddRenderer();
    app_.InjectFaults(seed, {.delay = 0.2, .drop = 0.004, .kill = 0.004, .malformed = 0.004});
    for (int round = 0; round < 60; ++round) TakeRound(round);
    app_.InjectFaults(seed, {});
    app_.Advance(std::chrono::minutes(2));
  }

  int begun() const { return begun_; }
  int ended() const { return ended_; }
  const std::vector<std::string>& events() const { return events_; }

 private:
  void Note(std::string_view what) {
    events_.push_back(absl::StrCat((app_.Now() - start_).count(), " ", std::string(what)));
  }

  template <typename T>
  void Await(std::string name, ipc::Promise<T> call) {
    ++begun_;
    std::move(call).Then([this, name = std::move(name)](ipc::Outcome<T> outcome) {
      ++ended_;
      Note(absl::StrCat(name, ": ", outcome.status().ToString()));
    });
  }

  void AddMain() {
    app_.ipc_main().On("told", [this](auto&, const ipc::Args& args) { Note(ToJson(args[0])); });
    app_.ipc_main().On("sync",
                       [](ipc::IpcMainEvent& event, const ipc::Args&) { event.SetReturnValue(1); });
    app_.ipc_main()
        .Handle("later",
                [this](auto&, const ipc::Args&) {
                  auto owed = std::make_shared<ipc::Resolver<ipc::Value>>();
                  app_.main().loop().StartTimer(app_.Now() + ipc::milliseconds(30),
                                                [owed] { owed->Resolve(1); });
                  return owed->promise();
                })
        .IgnoreError();
  }

  void AddRenderer() {
    renderers_.push_back(&app_.AddRenderer({.setup = [](ipc::RendererProcess& process) {
      process.ipc_renderer()
          .Handle("half", [](auto&, const ipc::Args&) { return 1; })
          .IgnoreError();
      return nullptr;
    }}));
    ipc::WebContents& contents = renderers_.back()->contents();
    contents.render_process_gone().Add(
        [this, &contents](const ipc::RenderProcessGoneDetails& gone) {
          Note(absl::StrCat("gone: ", std::string(ToString(gone.reason))));
          contents.Reload().IgnoreError();
        });
  }

  void TakeRound(int round) {
    for (ipc::testing::Renderer* renderer : renderers_) {
      ipc::IpcRenderer& ipc_renderer = renderer->ipc_renderer();
      ipc_renderer.Send("told", round).IgnoreError();
      Await("later", ipc_renderer.Invoke("later"));
      Await("half", renderer->contents().Invoke("half"));
      ++begun_;
      Note(absl::StrCat("sync: ", ipc_renderer.SendSync("sync").status().ToString()));
      ++ended_;
    }
    app_.Advance(ipc::milliseconds(20));
  }

  ipc::testing::App app_{Quiet()};
  const ipc::MonotonicTime start_ = app_.Now();
  std::vector<ipc::testing::Renderer*> renderers_;
  std::vector<std::string> events_;
  int begun_ = 0;
  int ended_ = 0;
};

TEST(TurmoilTest, EveryCallEndsWhateverTheSeed) {
  constexpr uint64_t kSeeds = 40;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Turmoil turmoil(seed);

    EXPECT_GT(turmoil.begun(), 500);
    EXPECT_EQ(turmoil.begun(), turmoil.ended()) << "seed " << seed;
    EXPECT_THAT(turmoil.events(), Contains(HasSubstr("gone: "))) << "seed " << seed;
  }
}

TEST(TurmoilTest, TheSameSeedIsTheSameRun) {
  for (const uint64_t seed : {1, 2, 3}) {
    const Turmoil first(seed);
    const Turmoil second(seed);

    EXPECT_EQ(first.events(), second.events()) << "seed " << seed;
  }
  EXPECT_NE(Turmoil(1).events(), Turmoil(2).events());
}

}  // namespace
