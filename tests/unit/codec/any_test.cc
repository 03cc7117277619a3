// `any` in typed messages.

#include "gtest/gtest.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Lists;
using shapes::Shape;
using shapes::Shuffled;

Shuffled With(Value any) {
  Shuffled value;
  value.second = Shape::Label("");
  value.thirtieth = std::move(any);
  return value;
}

TEST(AnyTest, IsJsonTextOnTheWire) {
  ExpectWire(With(Array{1, "a"}), "12 02 12 00 f201 07 5b312c2261225d");  // [1,"a"]
}

TEST(AnyTest, NullIsNotWritten) {
  ExpectWire(With(nullptr), "12 02 12 00");
  ExpectReads("12 02 12 00 f201 00", With(nullptr));
  ExpectReads("12 02 12 00 f201 04 6e756c6c", With(nullptr));
}

TEST(AnyTest, BytesSurvive) {
  const Shuffled value = With(Object{{"data", Bytes{0, 1, 255}}, {"$bytes", "not bytes"}});

  absl::StatusOr<Shuffled> read = Decode<Shuffled>(AsBytes(Encode(value)));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

TEST(AnyTest, NullsInListsAreKept) {
  Lists value;
  value.anything = {nullptr, 1, nullptr};

  absl::StatusOr<Lists> read = Decode<Lists>(AsBytes(Encode(value)));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->anything, value.anything);
}

TEST(AnyTest, ManySmallNumbersAreNotTooLarge) {
  const Shuffled value = With(Array(100'000, Value(0)));

  EXPECT_EQ(ProblemOf<Shuffled>(Encode(value)).error, DecodeError::kNone);
}

TEST(AnyTest, ItsMemoryIsCountedBeforeItIsMade) {
  const Shuffled value = With(Array(100'000, Value(0)));

  const DecodeProblem problem =
      ProblemOf<Shuffled>(Encode(value), DecodeLimits{.bytes_per_wire_byte = 8});

  EXPECT_EQ(problem.error, DecodeError::kTooLarge);
  EXPECT_EQ(problem.path, "thirtieth");
}

TEST(AnyTest, AnyJsonIsAnAny) {
  Value json = Object{{"third", ""},
                      {"second", Object{{"label", ""}}},
                      {"first", 0},
                      {"thirtieth", Array{nullptr, Object{{"a", 1.5}}}}};

  absl::StatusOr<Shuffled> value = FromJsonValue<Shuffled>(json, "shuffled");

  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(ToJsonValue(*value), json);
}

}  // namespace
}  // namespace ipc
