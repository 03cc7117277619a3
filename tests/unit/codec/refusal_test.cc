// Every way in which bytes can be no message, and what is said about it.

#include "gtest/gtest.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Lists;
using shapes::Node;
using shapes::Point;
using shapes::Presences;
using shapes::Scalars;
using shapes::Shape;
using shapes::Shuffled;

constexpr std::string_view kCut = "the bytes end inside of a value";

TEST(RefusalTest, CutOffBytes) {
  ExpectRefused<Point>("08", DecodeError::kTruncated, "x: the bytes end inside of a value");
  ExpectRefused<Point>("88", DecodeError::kTruncated, kCut);
  ExpectRefused<Scalars>("55 010203", DecodeError::kTruncated,
                         "single: the bytes end inside of a value");
  ExpectRefused<Scalars>("59 01020304050607", DecodeError::kTruncated,
                         "real: the bytes end inside of a value");
  ExpectRefused<Scalars>("6a 02 61", DecodeError::kTruncated,
                         "text: the bytes end inside of a value");
  ExpectRefused<Point>("3a 02 61", DecodeError::kTruncated, kCut);
}

TEST(RefusalTest, AValueThatReachesBeyondItsMessage) {
  ExpectRefused<Node>("12 02 0a 01 61", DecodeError::kTruncated,
                      "next.name: the bytes end inside of a value");
  ExpectRefused<Lists>("1a 09 000000000000f03f 00", DecodeError::kTruncated,
                       "reals[1]: the bytes end inside of a value");
}

TEST(RefusalTest, TooLongVarints) {
  ExpectRefused<Scalars>("48 ffffffffffffffffff02", DecodeError::kVarintTooLong,
                         "ularge: a number of more than 64 bits");
}

TEST(RefusalTest, TagsThatAreNone) {
  ExpectRefused<Point>("00 01", DecodeError::kBadTag, "field number 0");
  ExpectRefused<Point>("07", DecodeError::kBadTag, "field number 0");
  ExpectRefused<Point>("8000", DecodeError::kBadTag, "field number 0");
  ExpectRefused<Point>("f8ffffffff01", DecodeError::kBadTag, "a tag of more than 32 bits");
}

TEST(RefusalTest, WrongWireTypes) {
  ExpectRefused<Point>("0d 01020304", DecodeError::kBadWireType,
                       "x: expected wire type varint, got fixed32");
  ExpectRefused<Scalars>("68 01", DecodeError::kBadWireType,
                         "text: expected wire type length, got varint");
  ExpectRefused<Lists>("0d 01020304", DecodeError::kBadWireType,
                       "numbers: expected wire type varint, got fixed32");
  ExpectRefused<Lists>("28 01", DecodeError::kBadWireType,
                       "texts: expected wire type length, got varint");
  ExpectRefused<Lists>("59 0102030405060708", DecodeError::kBadWireType,
                       "triple: expected wire type varint, got fixed64");
  ExpectRefused<Lists>("70 01", DecodeError::kBadWireType,
                       "counts: expected wire type length, got varint");
  ExpectRefused<Lists>("72 02 08 01", DecodeError::kBadWireType,
                       "counts[0].key: expected wire type length, got varint");
  ExpectRefused<Lists>("72 05 0a 01 61 12 00", DecodeError::kBadWireType,
                       "counts[\"a\"]: expected wire type varint, got length");
  ExpectRefused<Node>("10 01", DecodeError::kBadWireType,
                      "next: expected wire type length, got varint");
  ExpectRefused<Shape>("08 01", DecodeError::kBadWireType,
                       "dot: expected wire type length, got varint");
}

TEST(RefusalTest, GroupsAndWireTypesThatDoNotExist) {
  ExpectRefused<Point>("33 34", DecodeError::kBadWireType, "field 6 has wire type 3");
  ExpectRefused<Point>("37", DecodeError::kBadWireType, "field 6 has wire type 7");
}

TEST(RefusalTest, TextThatIsNotUtf8) {
  ExpectRefused<Scalars>("6a 01 ff", DecodeError::kBadUtf8, "text: not UTF-8");
  ExpectRefused<Lists>("2a 00 2a 01 ff", DecodeError::kBadUtf8, "texts[1]: not UTF-8");
  ExpectRefused<Lists>("72 05 0a 01 ff 10 01", DecodeError::kBadUtf8, "counts[0].key: not UTF-8");
  ExpectRefused<Node>("12 05 1a 03 0a 01 ff", DecodeError::kBadUtf8,
                      "next.children[0].name: not UTF-8");
  ExpectRefused<Shuffled>("12 03 12 01 ff", DecodeError::kBadUtf8, "second.label: not UTF-8");
}

TEST(RefusalTest, NumbersThatTheirTypesCannotHold) {
  ExpectRefused<Scalars>("10 8001", DecodeError::kOutOfRange, "tiny: expected int8, got 128");
  ExpectRefused<Scalars>("10 fffeffffffffffffff01", DecodeError::kOutOfRange,
                         "tiny: expected int8, got -129");
  ExpectRefused<Scalars>("18 808002", DecodeError::kOutOfRange, "small: expected int16, got 32768");
  ExpectRefused<Scalars>("20 8080808008", DecodeError::kOutOfRange,
                         "medium: expected int32, got 2147483648");
  ExpectRefused<Scalars>("30 8002", DecodeError::kOutOfRange, "utiny: expected uint8, got 256");
  ExpectRefused<Scalars>("38 808004", DecodeError::kOutOfRange,
                         "usmall: expected uint16, got 65536");
  ExpectRefused<Scalars>("40 8080808010", DecodeError::kOutOfRange,
                         "umedium: expected uint32, got 4294967296");
  ExpectRefused<Lists>("0a 06 01 8080808008", DecodeError::kOutOfRange,
                       "numbers[1]: expected int32, got 2147483648");
}

TEST(RefusalTest, AKeyThatIsNotANumber) {
  ExpectRefused<Lists>("9201 09 09 000000000000f87f", DecodeError::kOutOfRange,
                       "marks[0].key: a key is NaN");
}

TEST(RefusalTest, UnknownNumbersOfAnEnum) {
  ExpectRefused<Scalars>("60 02", DecodeError::kUnknownEnumValue, "color: unknown shapes.Color: 2");
  ExpectRefused<Scalars>("60 ffffffffffffffffff01", DecodeError::kUnknownEnumValue,
                         "color: unknown shapes.Color: -1");
  ExpectRefused<Lists>("22 02 00 40", DecodeError::kUnknownEnumValue,
                       "colors[1]: unknown shapes.Color: 64");
}

TEST(RefusalTest, UnionsThatAreNotOneThing) {
  ExpectRefused<Shuffled>("12 00", DecodeError::kUnionNotSet, "second: no member is set");
  ExpectRefused<Shuffled>("12 04 0a 00 12 00", DecodeError::kUnionSetTwice,
                          "second: more than one member is set");
  ExpectRefused<Shuffled>("12 02 2a 00", DecodeError::kUnknownUnionMember,
                          "second: unknown member of shapes.Shape: number 5");
  ExpectRefused<Shuffled>("12 04 12 00 2a 00", DecodeError::kUnionSetTwice,
                          "second: more than one member is set");
}

TEST(RefusalTest, ABoxThatWasNotFilledAndMustBe) {
  Shuffled value;
  value.second = Shape::Nested(nullptr);

  const DecodeProblem problem = ProblemOf<Shuffled>(Encode(value));

  EXPECT_EQ(problem.error, DecodeError::kUnionNotSet);
  EXPECT_EQ(problem.path, "second.nested");
}

TEST(RefusalTest, MissingFields) {
  ExpectRefused<Presences>("60 01", DecodeError::kMissingField, "origin: missing");
  ExpectRefused<Presences>("5a 00", DecodeError::kMissingField, "sound: missing");
  ExpectRefused<Shuffled>("", DecodeError::kMissingField, "second: missing");
}

TEST(RefusalTest, WrongCounts) {
  ExpectRefused<Lists>("5a 02 0102", DecodeError::kWrongCount,
                       "triple: expected 3 elements, got 2");
  ExpectRefused<Lists>("5a 04 01020304", DecodeError::kWrongCount,
                       "triple: expected 3 elements, got more");
  ExpectRefused<Lists>("5a 03 000000 62 03 000000", DecodeError::kWrongCount,
                       "address: expected 4 bytes, got 3");
  ExpectRefused<Lists>("5a 03 000000 62 04 00000000 6a 00", DecodeError::kWrongCount,
                       "pair: expected 2 elements, got 1");
}

TEST(RefusalTest, DuplicateKeys) {
  ExpectRefused<Lists>("72 05 0a 01 61 10 01 72 05 0a 01 61 10 02", DecodeError::kDuplicateKey,
                       "counts[\"a\"]: duplicate key");
  ExpectRefused<Lists>("8a01 04 08 01 12 00 8a01 04 08 01 12 00", DecodeError::kDuplicateKey,
                       "names[kGreen]: duplicate key");
  ExpectRefused<Lists>("9201 00 9201 09 09 0000000000000080", DecodeError::kDuplicateKey,
                       "marks[0]: duplicate key");
}

TEST(RefusalTest, AnyThatIsNotJson) {
  const DecodeProblem problem = ProblemOf<Shuffled>(FromHex("12 02 12 00 f201 01 7b"));

  EXPECT_EQ(problem.error, DecodeError::kBadJson);
  EXPECT_EQ(problem.path, "thirtieth");
}

TEST(RefusalTest, ProblemsAreInvalidArguments) {
  const absl::StatusOr<Point> read = Decode<Point>(AsBytes(FromHex("08")));

  EXPECT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(RefusalTest, EveryErrorHasAName) {
  for (int i = 0; i <= static_cast<int>(DecodeError::kTooLarge); ++i) {
    EXPECT_EQ(ToString(static_cast<DecodeError>(i)).substr(0, 1), "k");
  }
}

}  // namespace
}  // namespace ipc
