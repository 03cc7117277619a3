#include "runtime/wire/batch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ipc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string BatchOf(std::string_view text) {
  const FrameHeader header{.channel = "c", .payload_kind = PayloadKind::kTyped};
  const absl::Span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  std::string batch(BatchedFrameSize(header, text.size()), '\0');
  EncodeBatchedFrame(header, EncodedPayload({PayloadKind::kTyped, bytes, {}}),
                     {reinterpret_cast<uint8_t*>(batch.data()), batch.size()});
  return batch;
}

absl::Span<const uint8_t> BytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

// The payloads of the frames in `batch`, and how it ended.
absl::Status ReadAll(std::string_view batch, std::vector<std::string>* payloads) {
  BatchReader reader(BytesOf(batch));
  while (true) {
    const auto bytes = reader.Next();
    if (!bytes.ok()) return bytes.status();
    if (!bytes->has_value()) return absl::OkStatus();
    const auto frame = DecodeFrame(**bytes);
    if (!frame.ok()) return frame.status();
    const std::vector<uint8_t> payload = frame->payload.Joined();
    payloads->emplace_back(payload.begin(), payload.end());
  }
}

TEST(BatchTest, AFrameOfAnySizeIsABatch) {
  for (size_t size : {0, 1, 100, 127, 128, 16'000, 16'383, 16'384, 3'000'000}) {
    const std::string text(size, 'x');
    std::vector<std::string> payloads;

    EXPECT_TRUE(ReadAll(BatchOf(text), &payloads).ok()) << size;

    EXPECT_THAT(payloads, ElementsAre(text));
  }
}

TEST(BatchTest, BatchesInARowAreABatch) {
  std::vector<std::string> payloads;

  EXPECT_TRUE(ReadAll(BatchOf("one") + BatchOf("") + BatchOf("three"), &payloads).ok());

  EXPECT_THAT(payloads, ElementsAre("one", "", "three"));
}

TEST(BatchTest, AnEmptyBatchHasNoFrames) {
  std::vector<std::string> payloads;

  EXPECT_TRUE(ReadAll("", &payloads).ok());

  EXPECT_THAT(payloads, IsEmpty());
}

TEST(BatchTest, FieldsOfALaterVersionAreSkipped) {
  std::vector<std::string> payloads;

  EXPECT_TRUE(ReadAll("\x10\x01" + BatchOf("one") + "\x1a\x02xx", &payloads).ok());

  EXPECT_THAT(payloads, ElementsAre("one"));
}

TEST(BatchTest, AReaderThatIsThroughIsAtTheEnd) {
  const std::string batch = BatchOf("one");
  BatchReader reader(BytesOf(batch));
  ASSERT_FALSE(reader.is_at_end());

  ASSERT_TRUE(reader.Next().ok());

  EXPECT_TRUE(reader.is_at_end());
}

TEST(BatchTest, WhatIsNoBatchIsRefused) {
  for (std::string_view bytes :
       {"\x0a",
        "\x0a\x05"
        "1234",
        "\x08\x01", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "\x0b", "\x01"}) {
    std::vector<std::string> payloads;

    EXPECT_EQ(ReadAll(bytes, &payloads).code(), absl::StatusCode::kInvalidArgument) << bytes;
  }
}

TEST(BatchTest, TheFramesBeforeABadOneAreRead) {
  std::vector<std::string> payloads;

  EXPECT_FALSE(ReadAll(BatchOf("good") + "\x0a\x05", &payloads).ok());

  EXPECT_THAT(payloads, ElementsAre("good"));
}

}  // namespace
}  // namespace ipc
