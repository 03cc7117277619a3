// The limits on what a peer's bytes may cost, each at one below, at, and one above.

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Lists;
using shapes::Node;
using shapes::Shape;

// `depth` nodes, each the next of another.
Node ChainOf(size_t depth) {
  Node node;
  for (size_t i = 1; i < depth; ++i) {
    Node outer;
    outer.next = std::move(node);
    node = std::move(outer);
  }
  return node;
}

TEST(LimitsTest, MessagesNestThirtyTwoDeep) {
  EXPECT_EQ(ProblemOf<Node>(Encode(ChainOf(31))).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(Encode(ChainOf(32))).error, DecodeError::kNone);

  const DecodeProblem problem = ProblemOf<Node>(Encode(ChainOf(33)));

  EXPECT_EQ(problem.error, DecodeError::kTooDeep);
  EXPECT_EQ(problem.reason, "more than 32 messages deep");
}

TEST(LimitsTest, JsonNestsAsDeepAsTheWire) {
  EXPECT_TRUE(FromJsonValue<Node>(ToJsonValue(ChainOf(31)), "node").ok());
  EXPECT_TRUE(FromJsonValue<Node>(ToJsonValue(ChainOf(32)), "node").ok());

  const absl::StatusOr<Node> node = FromJsonValue<Node>(ToJsonValue(ChainOf(33)), "node");

  EXPECT_THAT(ToStd(node.status().message()), testing::EndsWith("more than 32 messages deep"));
}

TEST(LimitsTest, DepthIsCountedTheSameWayInUnionsListsMapsAndWrappers) {
  const DecodeLimits three{.max_depth = 3};
  const DecodeLimits two{.max_depth = 2};
  Lists lists;
  lists.rows = {{1}};
  lists.points_by_id = {{1, {}}};
  const Shape nested = Shape::Nested(Shape::Dot({}));

  EXPECT_EQ(ProblemOf<Lists>(Encode(lists), three).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Lists>(Encode(lists), two).path, "points_by_id[1]");
  EXPECT_EQ(ProblemOf<Shape>(Encode(nested), three).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Shape>(Encode(nested), two).path, "nested.dot");
}

TEST(LimitsTest, SiblingsDoNotAddUp) {
  Node node;
  node.children.resize(100);

  EXPECT_EQ(ProblemOf<Node>(Encode(node)).error, DecodeError::kNone);
}

TEST(LimitsTest, MemoryIsCountedToTheByte) {
  Node node;
  node.name = "12345678";
  node.children.resize(3);
  const std::string bytes = Encode(node);
  const size_t cost = 8 + 3 * sizeof(Node);
  const auto with = [](size_t memory) {
    return DecodeLimits{.bytes_per_wire_byte = 0, .bytes_always = memory};
  };

  EXPECT_EQ(ProblemOf<Node>(bytes, with(cost + 1)).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(bytes, with(cost)).error, DecodeError::kNone);
  const DecodeProblem problem = ProblemOf<Node>(bytes, with(cost - 1));

  EXPECT_EQ(problem.error, DecodeError::kTooLarge);
  EXPECT_EQ(problem.path, "children[2]");
  EXPECT_EQ(problem.reason,
            "takes more memory than the limit of " + std::to_string(cost - 1) + " bytes");
}

TEST(LimitsTest, EveryKindOfMemoryIsCounted) {
  const DecodeLimits none{.bytes_per_wire_byte = 0, .bytes_always = 0};
  const auto cost_of = [&](std::string_view hex) {
    return ToString(ProblemOf<Lists>(FromHex(hex), none).error);
  };

  EXPECT_EQ(cost_of("0a 01 01"), "kTooLarge");                // packed numbers
  EXPECT_EQ(cost_of("08 01"), "kTooLarge");                   // and one that is not
  EXPECT_EQ(cost_of("1a 08 000000000000f03f"), "kTooLarge");  // packed doubles
  EXPECT_EQ(cost_of("2a 00"), "kTooLarge");                   // an element without content
  EXPECT_EQ(cost_of("42 00"), "kTooLarge");                   // a null
  EXPECT_EQ(cost_of("72 00"), "kTooLarge");                   // an entry
  EXPECT_EQ(cost_of("9a01 02 5b5d"), "kTooLarge");            // an any
  EXPECT_EQ(ToString(ProblemOf<Node>(FromHex("12 00"), none).error), "kTooLarge");     // a box
  EXPECT_EQ(ToString(ProblemOf<Node>(FromHex("0a 01 61"), none).error), "kTooLarge");  // text
}

TEST(LimitsTest, SixteenTimesTheWireAndAMegabyteAreAllowed) {
  constexpr size_t kAlways = 1 << 20;
  const auto children = [](size_t count) {
    Node node;
    node.children.resize(count);
    return Encode(node);
  };
  // A child takes two bytes of the wire.
  constexpr size_t kMost = kAlways / (sizeof(Node) - 2 * 16);

  EXPECT_EQ(ProblemOf<Node>(children(kMost - 1)).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(children(kMost)).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(children(kMost + 1)).error, DecodeError::kTooLarge);
}

TEST(LimitsTest, NoMessageTakesMoreThanTheMost) {
  const std::string bytes = FromHex("0a 03 616263");
  const auto with = [](size_t memory) { return DecodeLimits{.max_bytes = memory}; };

  EXPECT_EQ(ProblemOf<Node>(bytes, with(4)).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(bytes, with(3)).error, DecodeError::kNone);
  EXPECT_EQ(ProblemOf<Node>(bytes, with(2)).error, DecodeError::kTooLarge);
}

TEST(LimitsTest, AListIsNotBelievedBeforeItIsRead) {
  std::string bytes(1 << 20, '\0');
  for (size_t i = 0; i < bytes.size(); i += 2) bytes[i] = 0x1a;  // half a million empty children

  EXPECT_EQ(ProblemOf<Node>(bytes).error, DecodeError::kTooLarge);
}

}  // namespace
}  // namespace ipc
