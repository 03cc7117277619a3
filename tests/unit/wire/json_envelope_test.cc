#include "runtime/wire/json_envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace ipc {
namespace {

using ::testing::HasSubstr;

std::string TextOf(const PayloadWriter& payload) {
  std::string bytes(payload.size(), '\0');
  payload.WriteTo({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

PayloadView View(const std::string& bytes, const BlobSizes& blob_sizes = {}) {
  return {PayloadKind::kJson,
          absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()),
          blob_sizes};
}

Value Nested(int arrays) {
  Value value;
  for (int i = 0; i < arrays; ++i) value = Value(Array{std::move(value)});
  return value;
}

TEST(JsonEnvelopeTest, ArgumentsAreAnArrayAndTheirBytesStandBehindIt) {
  const Args args = {1, "two", Bytes{'a', 'b'}, Object{{"$x", Bytes{'c'}}}};

  const auto payload = JsonPayload::FromArgs(args);

  ASSERT_TRUE(payload.ok()) << payload.status();
  EXPECT_EQ(payload->kind(), PayloadKind::kJson);
  EXPECT_EQ(TextOf(*payload), R"([1,"two",{"$bytes":0},{"$$x":{"$bytes":1}}]abc)");
  EXPECT_THAT(payload->blob_sizes(), ::testing::ElementsAre(2, 1));
}

TEST(JsonEnvelopeTest, TheLargestBytesStayWhereTheyAre) {
  const Args args = {"text", Bytes(kLeastLargeRun, 'a'), Bytes(kLeastLargeRun + 1, 'b'),
                     Bytes{'c'}};
  const auto payload = JsonPayload::FromArgs(args);
  ASSERT_TRUE(payload.ok());
  std::string bytes(payload->size(), 'x');

  const LargeRun run =
      payload->WriteAround({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});

  EXPECT_EQ(run.bytes.data(), args[2].bytes().data());
  EXPECT_EQ(bytes.substr(run.offset, run.bytes.size()), std::string(run.bytes.size(), 'x'));
  bytes.replace(run.offset, run.bytes.size(), run.bytes.size(), 'b');
  EXPECT_EQ(bytes, TextOf(*payload));
}

// Cuts any run out of a payload: the one that a blob is, the text, and what is neither.
TEST(JsonEnvelopeTest, ARunThatLiesApartChangesNothing) {
  const Args args = {"text", Bytes{'c'}, Bytes(300, 'b'), Bytes(2, 'd')};
  const auto payload = JsonPayload::FromArgs(args);
  ASSERT_TRUE(payload.ok());
  const std::string whole = TextOf(*payload);
  const size_t blob = whole.find('b', whole.find(']'));

  for (size_t begin : {size_t{0}, blob - 1, blob, blob + 1}) {
    for (size_t size : {blob - 1, size_t{299}, size_t{300}, size_t{301}}) {
      Bytes run(whole.begin() + begin, whole.begin() + begin + size);
      const std::string around = std::string(whole).erase(begin, size);
      const PayloadView view{
          PayloadKind::kJson,
          PartedBytes(
              absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(around.data()), around.size()),
              begin, &run),
          payload->blob_sizes()};

      const auto left = ReadJsonArgs(view);
      EXPECT_EQ(run.size(), size);
      const auto moved = ReadJsonArgs(view.Yielded());

      ASSERT_TRUE(left.ok() && moved.ok()) << left.status() << moved.status();
      EXPECT_EQ(*left, args);
      EXPECT_EQ(*moved, args);
      EXPECT_EQ(run.empty(), begin == blob && size == 300);
    }
  }
}

TEST(JsonEnvelopeTest, ArgumentsComeBackAsTheyWere) {
  const Args args = {nullptr,
                     true,
                     -1,
                     UINT64_MAX,
                     1.5,
                     "text",
                     Bytes{},
                     Bytes(300, uint8_t{7}),
                     Array{1, Array{}},
                     Object{{"$bytes", 0}}};
  const auto payload = JsonPayload::FromArgs(args);
  ASSERT_TRUE(payload.ok());
  const BlobSizes sizes(payload->blob_sizes().begin(), payload->blob_sizes().end());

  const auto read = ReadJsonArgs(View(TextOf(*payload), sizes));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, args);
}

TEST(JsonEnvelopeTest, AReplyIsOneValue) {
  const Value value = Bytes{1, 2, 3};
  const auto payload = JsonPayload::FromValue(value);
  ASSERT_TRUE(payload.ok());

  const auto read = ReadJsonValue(View(TextOf(*payload), {3}));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

TEST(JsonEnvelopeTest, AMovedPayloadWritesTheSame) {
  const Value value = Object{{"key", Bytes{1}}};
  auto payload = JsonPayload::FromValue(value);
  ASSERT_TRUE(payload.ok());
  const std::string text = TextOf(*payload);

  const JsonPayload moved = *std::move(payload);

  EXPECT_EQ(TextOf(moved), text);
}

TEST(JsonEnvelopeTest, WhatOneSideWritesTheOtherReadsUpToTheDepthLimit) {
  for (int depth : {63, 64, 65}) {
    const Value value = Nested(depth);
    const auto payload = JsonPayload::FromValue(value);

    EXPECT_EQ(payload.ok(), depth <= 64) << depth;
    if (payload.ok()) {
      EXPECT_TRUE(ReadJsonValue(View(TextOf(*payload))).ok()) << depth;
    }
    EXPECT_EQ(ReadJsonValue(View(std::string(depth, '[') + std::string(depth, ']'))).ok(),
              depth <= 64);
  }
}

TEST(JsonEnvelopeTest, WhatNestsTooDeepCannotBeCloned) {
  const Args args = {1, Nested(100)};

  const absl::Status refused = JsonPayload::FromArgs(args).status();

  EXPECT_THAT(std::string(refused.message()), HasSubstr("An object could not be cloned."));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("args[1]"));
}

TEST(JsonEnvelopeTest, AMistakeInAnArgumentIsNamedByItsPath) {
  const absl::Status refused = ReadJsonArgs(View(R"([{"a":1,"a":2}])")).status();

  EXPECT_EQ(refused, absl::InvalidArgumentError("args[0].a: a name that is there already"));
  EXPECT_THAT(ReadJsonArgs(View("[")).status(), absl::InvalidArgumentError("not JSON"));
}

TEST(JsonEnvelopeTest, TextHasUpToItsLimit) {
  constexpr size_t kLimit = 16 << 20;
  for (size_t size : {kLimit - 1, kLimit, kLimit + 1}) {
    const Value value = std::string(size - 2, 'x');  // and two quotes
    const auto payload = JsonPayload::FromValue(value);

    EXPECT_EQ(payload.ok(), size <= kLimit) << size;
    const auto read = ReadJsonValue(View('"' + value.string() + '"'));
    EXPECT_EQ(read.ok(), size <= kLimit) << size;
  }
}

TEST(JsonEnvelopeTest, WhatIsNotJsonIsRefused) {
  EXPECT_FALSE(ReadJsonArgs(View("")).ok());
  EXPECT_FALSE(ReadJsonArgs(View("[1")).ok());
  EXPECT_FALSE(ReadJsonArgs(View("{}")).ok());
  EXPECT_FALSE(ReadJsonArgs({PayloadKind::kTyped, {}, {}}).ok());
  EXPECT_FALSE(ReadJsonValue(View(R"({"$bytes":0})")).ok());  // no such blob
  EXPECT_FALSE(ReadJsonValue(View("nullab", {2})).ok());      // a blob nobody refers to
}

}  // namespace
}  // namespace ipc
