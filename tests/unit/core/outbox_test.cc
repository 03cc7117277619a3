// What a Connection says before its pipe is there.

#include <string>

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Zeros final : public PayloadWriter {
 public:
  explicit Zeros(size_t size) : size_(size) {}
  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override { std::fill(room.begin(), room.end(), 0); }

 private:
  size_t size_;
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

TEST_F(ConnectionTest, WhatThePipeCannotTakeYetWaitsForOnWritable) {
  ResetUnattached();
  ASSERT_TRUE(connection().Send({.channel = "a"}, EmptyPayload()).ok());
  wire().refusal = absl::ResourceExhaustedError("full");

  Attach();
  ASSERT_TRUE(connection().Send({.channel = "b"}, EmptyPayload()).ok());
  wire().refusal.reset();
  EXPECT_THAT(wire().TakeSent(), IsEmpty());
  wire().delegate->OnWritable();

  EXPECT_THAT(wire().TakeSent(), ElementsAre("send a", "send b"));
}

TEST_F(ConnectionTest, AnAnswerIsNeverRefusedForWantOfRoom) {
  options().limits.outbound_frames = 1;
  ResetUnattached();
  ASSERT_TRUE(connection().Send({.channel = "a"}, EmptyPayload()).ok());
  wire().refusal = absl::ResourceExhaustedError("full");
  Attach();
  wire().Deliver(InvokeFrame(1, "b"));

  responders.at("b").Reply(EmptyPayload());
  wire().refusal.reset();
  wire().delegate->OnWritable();

  EXPECT_THAT(wire().TakeSent(), ElementsAre("send a", "reply #1 0"));
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
