#include "runtime/transport/grpc/outbox.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace ipc::internal {
namespace {

using Lane = OutboundQuota::Lane;

void AddText(Outbox& outbox, const std::string& text, bool leaves_alone = false) {
  const absl::Span<uint8_t> room = outbox.Add(Lane::kMessages, text.size(), leaves_alone);
  std::copy(text.begin(), text.end(), room.begin());
}

std::string TakeText(Outbox& outbox) {
  const Outbox::Batch batch = outbox.Take();
  return {batch.bytes.data(), batch.bytes.data() + batch.bytes.size()};
}

TEST(OutboxTest, FramesThatWaitTogetherAreOneBatchInTheirOrder) {
  Outbox outbox;

  AddText(outbox, "one ");
  AddText(outbox, "two ");
  AddText(outbox, "three");

  EXPECT_EQ(TakeText(outbox), "one two three");
  EXPECT_TRUE(outbox.is_empty());
}

TEST(OutboxTest, AFrameThatLeavesAloneTakesNoMoreRoomThanItNeeds) {
  Outbox outbox;

  AddText(outbox, "alone", /*leaves_alone=*/true);
  AddText(outbox, "next");

  EXPECT_EQ(TakeText(outbox), "alone");
  EXPECT_EQ(TakeText(outbox), "next");
}

TEST(OutboxTest, AFrameThatDoesNotFitBeginsABatch) {
  const std::string large(100'000, 'x');
  Outbox outbox;

  AddText(outbox, "before");
  AddText(outbox, large);
  AddText(outbox, "behind");

  EXPECT_EQ(TakeText(outbox), "before");
  EXPECT_EQ(TakeText(outbox), large);
  EXPECT_EQ(TakeText(outbox), "behind");
}

TEST(OutboxTest, ABatchKnowsWhatItCountsFor) {
  Outbox outbox;
  AddText(outbox, "one");
  outbox.Add(Lane::kAnswers, 5000, /*leaves_alone=*/false);

  const OutboundQuota::Load load = outbox.Take().load;

  EXPECT_EQ(load.in(Lane::kMessages).frames, 1u);
  EXPECT_EQ(load.in(Lane::kMessages).bytes, 3u);
  EXPECT_EQ(load.in(Lane::kAnswers).frames, 1u);
  EXPECT_EQ(load.in(Lane::kAnswers).bytes, 5000u);
}

TEST(OutboxTest, NothingIsLeftOfWhatWasCleared) {
  Outbox outbox;
  AddText(outbox, "old");

  outbox.Clear();
  AddText(outbox, "new");

  EXPECT_EQ(TakeText(outbox), "new");
}

}  // namespace
}  // namespace ipc::internal
