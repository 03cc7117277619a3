// What a Pipe promises about WaitForFrames().
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/unit/transport/pipe_test.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PipeWaitTest : public PipeTest {};

INSTANTIATE_TEST_SUITE_P(Every, PipeWaitTest, ::testing::ValuesIn(AllTransports()), NameOf);

TEST_P(PipeWaitTest, WaitForFramesHandsOverWhatIsHere) {
  ConnectAndStart();

  bool arrived = false;
  std::vector<std::string> log;
  right().Run([&] {
    OnTheLeft([&] { EXPECT_TRUE(SendText(*left().pipe, "first").ok()); });
    arrived = right().pipe->WaitForFrames(steady_clock::now() + kPatience, {});
    log = right().log;
  });

  EXPECT_TRUE(arrived);
  EXPECT_THAT(log, ElementsAre("frame:first"));
}

TEST_P(PipeWaitTest, WaitForFramesGivesUpAtItsDeadline) {
  ConnectAndStart();

  bool arrived = true;
  right().Run(
      [&] { arrived = right().pipe->WaitForFrames(steady_clock::now() + milliseconds(20), {}); });

  EXPECT_FALSE(arrived);
  EXPECT_THAT(right().Log(), IsEmpty());
}

TEST_P(PipeWaitTest, WaitForFramesGivesUpWhenAnotherThreadSaysStop) {
  ConnectAndStart();
  std::stop_source stop;

  bool arrived = true;
  right().Run([&] {
    std::jthread stopper([&] { stop.request_stop(); });
    arrived = right().pipe->WaitForFrames(kForever, stop.get_token());
  });

  EXPECT_FALSE(arrived);
  EXPECT_THAT(right().Log(), IsEmpty());
}

TEST_P(PipeWaitTest, WaitForFramesLeavesTheRestToTheLoopInOrder) {
  ConnectAndStart();
  right().Run([&] {
    OnTheLeft([&] {
      for (int i = 0; i < 5; ++i) EXPECT_TRUE(SendText(*left().pipe, absl::StrCat(i)).ok());
    });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
    EXPECT_FALSE(right().log.empty());
  });

  EXPECT_THAT(right().AwaitLog(5),
              ElementsAre("frame:0", "frame:1", "frame:2", "frame:3", "frame:4"));
}

TEST_P(PipeWaitTest, WaitForFramesInsideOnFrameGoesOnBehindThatFrame) {
  ConnectAndStart();
  left().OnEachFrame([&](const FrameView& frame) {
    EXPECT_TRUE(SendText(*left().pipe, absl::StrCat("answer to ", TextOf(frame))).ok());
  });
  std::vector<std::string> seen;
  right().OnEachFrame([&](const FrameView& frame) {
    const std::string text = TextOf(frame);
    seen.push_back(text);
    if (text != "go") return;
    EXPECT_TRUE(SendText(*right().pipe, "question").ok());
    while (seen.back() != "answer to question") {
      if (!right().pipe->WaitForFrames(steady_clock::now() + kPatience, {})) break;
    }
    EXPECT_EQ(TextOf(frame), "go");  // still there
  });

  left().Run([&] {
    EXPECT_TRUE(SendText(*left().pipe, "go").ok());
    EXPECT_TRUE(SendText(*left().pipe, "between").ok());
  });
  ASSERT_TRUE(right().AwaitFrames(3));

  EXPECT_THAT(seen, ElementsAre("go", "between", "answer to question"));
}

TEST_P(PipeWaitTest, WaitForFramesHandsOverTheEnd) {
  ConnectAndStart();
  ASSERT_TRUE(left().Send("x").ok());
  right().AwaitLog(1);

  right().Run([&] {
    OnTheLeft([&] { left().pipe->Close(); });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
    EXPECT_TRUE(right().is_ended);
    EXPECT_FALSE(right().pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
  });
}

TEST_P(PipeWaitTest, APipeMayBeDestroyedInsideWaitForFrames) {
  ConnectAndStart();
  right().OnEachFrame([&](const FrameView&) { right().pipe.reset(); });

  right().Run([&] {
    OnTheLeft([&] { EXPECT_TRUE(SendText(*left().pipe, "x").ok()); });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
  });

  EXPECT_EQ(right().frames, 1u);
}

}  // namespace
}  // namespace ipc::testing
