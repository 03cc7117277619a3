// What a Connection says before its pipe is there.

#include <string>

#include "runtime/transport/inproc/inproc_pipe.h"
#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;

struct Counter final : Pipe::Delegate {
  void OnFrame(const FrameView&) override { ++frames; }
  void OnWritable() override {}
  void OnClosed(const absl::Status&) override {}

  size_t frames = 0;
};

TEST_F(ConnectionTest, WhatIsSentBeforeThePipeGoesFirstAndInOrder) {
  ResetUnattached();
  ASSERT_TRUE(connection().Send({.channel = "a"}, EmptyPayload()).ok());
  ASSERT_TRUE(connection().Send({.channel = "b"}, EmptyPayload()).ok());

  Attach();
  ASSERT_TRUE(connection().Send({.channel = "c"}, EmptyPayload()).ok());

  EXPECT_THAT(wire().TakeSent(), ElementsAre("send a", "send b", "send c"));
}

TEST_F(ConnectionTest, NoMoreThanTheOutboundFramesWait) {
  options().limits.outbound_frames = 2;
  ResetUnattached();
  ASSERT_TRUE(connection().Send({.channel = "a"}, EmptyPayload()).ok());
  ASSERT_TRUE(connection().Send({.channel = "b"}, EmptyPayload()).ok());

  absl::Status beyond = connection().Send({.channel = "c"}, EmptyPayload());
  Attach();

  EXPECT_TRUE(absl::IsResourceExhausted(beyond));
  EXPECT_THAT(wire().TakeSent(), ElementsAre("send a", "send b"));
}

TEST_F(ConnectionTest, NoMoreThanTheOutboundBytesWaitButOneMessageAlways) {
  options().limits.outbound_bytes = 100;
  ResetUnattached();

  EXPECT_TRUE(connection().Send({.channel = "large"}, Zeros(1000)).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(connection().Send({.channel = "a"}, Zeros(1))));
}

TEST_F(ConnectionTest, WhatNoPipeTakesIsRefusedBeforeThereIsOne) {
  options().limits.message_bytes = 100;
  ResetUnattached();

  EXPECT_TRUE(connection().Send({.channel = "a"}, Zeros(99)).ok());
  EXPECT_TRUE(connection().Send({.channel = "a"}, Zeros(100)).ok());
  EXPECT_EQ(connection().Send({.channel = "a"}, Zeros(101)),
            absl::OutOfRangeError("101 bytes, the limit is 100"));
  EXPECT_TRUE(absl::IsInvalidArgument(connection().Send({.channel = ""}, Zeros(1))));
  EXPECT_TRUE(connection().Send({.channel = std::string(128, 'c')}, Zeros(1)).ok());
  EXPECT_TRUE(
      absl::IsInvalidArgument(connection().Send({.channel = std::string(129, 'c')}, Zeros(1))));
}

// So that nothing has to wait behind the pipe, where a peer that floods us and does not read could
// make it grow.
TEST_F(ConnectionTest, AFreshPipeTakesAllThatWaited) {
  options().limits.outbound_bytes = 1000;
  options().limits.outbound_frames = 20;
  ResetUnattached();
  size_t kept = 0;
  for (size_t size : {50, 300, 0, 7, 200, 900, 3, 300, 20, 90, 40, 1}) {
    kept += connection().Send({.channel = "a"}, Zeros(size)).ok() ? 1 : 0;
  }
  for (int i = 0; i < 20; ++i) kept += connection().Send({.channel = "a"}, Zeros(0)).ok() ? 1 : 0;
  InprocPipePair pipes = MakeInprocPipes(options().runner, options().runner, options().limits);
  Counter peer;
  pipes.right->Start(&peer);

  connection().Attach(std::move(pipes.left));
  RunTasks();

  EXPECT_GT(kept, 5u);
  EXPECT_EQ(peer.frames, kept);
}

TEST_F(ConnectionTest, WhatWaitsIsDroppedByClose) {
  ResetUnattached();
  ASSERT_TRUE(connection().Send({.channel = "a"}, EmptyPayload()).ok());

  connection().Close(absl::OkStatus());

  EXPECT_TRUE(absl::IsUnavailable(connection().Send({.channel = "a"}, EmptyPayload())));
  EXPECT_THAT(heard, ElementsAre("closed OK"));
}

}  // namespace
}  // namespace ipc
