// The wire, byte by byte, against what protobuf's encoding guide says.

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Color;
using shapes::Lists;
using shapes::Node;
using shapes::Point;
using shapes::Presences;
using shapes::Scalars;
using shapes::Shape;
using shapes::Shuffled;
using shapes::Sound;

// What Presences and Lists always have; tests put their own fields in front or behind.
constexpr std::string_view kPresencesRest = "40 07 4a 05 68656c6c6f 50 05 5a 00 60 01";
constexpr std::string_view kTriple = "5a 03 000000";
constexpr std::string_view kAddress = "62 04 00000000";
constexpr std::string_view kPair = "6a 00 6a 00";

std::string ListsWith(std::string_view front, std::string_view behind = "") {
  std::string hex;
  for (std::string_view part : {front, kTriple, kAddress, kPair, behind}) hex += part;
  return hex;
}

std::string PresencesWith(std::string_view front) {
  return std::string(front) + std::string(kPresencesRest);
}

TEST(WireBytesTest, ZerosAreNotWritten) { ExpectWire(Scalars(), ""); }

TEST(WireBytesTest, EveryScalarHasItsForm) {
  Scalars value;
  value.flag = true;
  value.tiny = -1;
  value.small = 300;
  value.medium = -2;
  value.large = std::numeric_limits<int64_t>::min();
  value.utiny = 255;
  value.usmall = 65535;
  value.umedium = 4294967295;
  value.ularge = std::numeric_limits<uint64_t>::max();
  value.single = 1.5f;
  value.real = -2.0;
  value.color = Color::kBlue;
  value.text = "h\xc3\xa9";
  value.blob = {0, 255};

  ExpectWire(value,
             "08 01"
             "10 ffffffffffffffffff01"
             "18 ac02"
             "20 feffffffffffffffff01"
             "28 80808080808080808001"
             "30 ff01"
             "38 ffff03"
             "40 ffffffff0f"
             "48 ffffffffffffffffff01"
             "55 0000c03f"
             "59 00000000000000c0"
             "60 05"
             "6a 03 68c3a9"
             "72 02 00ff");
}

TEST(WireBytesTest, MinusZeroIsWritten) {
  Scalars value;
  value.single = -0.0f;
  value.real = -0.0;

  const std::string bytes = Encode(value);
  absl::StatusOr<Scalars> read = Decode<Scalars>(AsBytes(bytes));

  EXPECT_EQ(ToHex(bytes), ToHex(FromHex("55 00000080 59 0000000000000080")));
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(std::signbit(read->single));
  EXPECT_TRUE(std::signbit(read->real));
}

TEST(WireBytesTest, DefaultsAreWrittenAndAppliedWhenAbsent) {
  ExpectWire(Presences(), kPresencesRest);
  ExpectReads("5a 00 60 01", Presences());
}

TEST(WireBytesTest, ZeroInPlaceOfADefaultIsWritten) {
  Presences value;
  value.seven = 0;
  value.hello = "";
  value.blue = Color::kRed;

  ExpectWire(value, "40 00 4a 00 50 00 5a 00 60 01");
}

TEST(WireBytesTest, NullablesHoldingZeroAreWritten) {
  Presences value;
  value.number = 0;
  value.text = "";
  value.color = Color::kRed;
  value.point = Point();
  value.blob = Bytes();
  value.numbers = std::vector<int32_t>();
  value.counts = std::map<std::string, int32_t>();

  ExpectWire(value, PresencesWith("08 00 12 00 18 00 22 00 2a 00 32 00 3a 00"));
}

TEST(WireBytesTest, NullableListsAndMapsAreWrapped) {
  Presences value;
  value.numbers = {1, 2};
  value.counts = {{"a", 1}};

  ExpectWire(value, PresencesWith("32 04 0a 02 01 02 3a 07 0a 05 0a 01 61 10 01"));
}

TEST(WireBytesTest, ListsOfNumbersArePacked) {
  Lists value;
  value.numbers = {1, -1, 300};
  value.flags = {true, false, true};
  value.reals = {1.0, -0.0};
  value.colors = {Color::kBlue, Color::kRed};

  ExpectWire(value, ListsWith("0a 0d 01 ffffffffffffffffff01 ac02"
                              "12 03 010001"
                              "1a 10 000000000000f03f 0000000000000080"
                              "22 02 0500"));
}

TEST(WireBytesTest, UnpackedAndMixedListsAreRead) {
  Lists value;
  value.numbers = {1, 2, 3, 4};
  value.reals = {1.0, 2.0};

  ExpectReads(ListsWith("08 01 0a 02 02 03 08 04 19 000000000000f03f 19 0000000000000040"), value);
}

TEST(WireBytesTest, ListsOfOtherThingsHaveATagForEach) {
  Lists value;
  value.texts = {"a", ""};
  value.blobs = {{1}, {}};
  value.points = {{1, 0}, {}};

  ExpectWire(value, ListsWith("2a 01 61 2a 00"
                              "32 01 01 32 00"
                              "3a 02 08 01 3a 00"));
}

TEST(WireBytesTest, ListsOfNullablesAndListsAreWrapped) {
  Lists value;
  value.maybe_numbers = {5, std::nullopt, 0};
  value.maybe_points = {Point(), std::nullopt};
  value.rows = {{1, 2}, {}};

  ExpectWire(value, ListsWith("42 02 08 05 42 00 42 02 08 00"
                              "4a 02 0a 00 4a 00"
                              "52 04 0a 02 01 02 52 00"));
}

TEST(WireBytesTest, FixedListsHaveAllTheirElements) {
  Lists value;
  value.triple = {1, 0, 2};
  value.address = {127, 0, 0, 1};
  value.pair = {"a", "b"};

  ExpectWire(value, "5a 03 01 00 02 62 04 7f000001 6a 01 61 6a 01 62");
  ExpectReads("58 01 5a 01 00 58 02 62 04 7f000001 6a 01 61 6a 01 62", value);
}

TEST(WireBytesTest, MapsAreEntriesInTheOrderOfTheirKeys) {
  Lists value;
  value.counts = {{"b", 0}, {"", 1}};
  value.points_by_id = {{7, {0, 1}}, {-1, {}}};
  value.rows_by_flag = {{false, {}}, {true, {9}}};
  value.names = {{Color::kGreen, "green"}};
  value.marks = {{0.5, ""}};

  ExpectWire(value, ListsWith("",
                              "72 04 0a 00 10 01 72 05 0a 01 62 10 00"
                              "7a 0d 08 ffffffffffffffffff01 12 00 7a 06 08 07 12 02 10 01"
                              "8201 04 08 00 12 00 8201 07 08 01 12 03 0a 01 09"
                              "8a01 09 08 01 12 05 677265656e"
                              "9201 0b 09 000000000000e03f 12 00"));
}

TEST(WireBytesTest, AbsentKeysAndValuesOfEntriesAreZero) {
  Lists value;
  value.counts = {{"", 0}};
  value.names = {{Color::kRed, ""}};

  ExpectReads(ListsWith("", "72 00 8a01 00"), value);
}

TEST(WireBytesTest, MinusZeroAsAKeyIsZero) {
  Lists value;
  value.marks = {{-0.0, ""}};

  const std::string bytes = Encode(value);
  absl::StatusOr<Lists> read =
      Decode<Lists>(AsBytes(FromHex(ListsWith("", "9201 0b 09 0000000000000080 12 00"))));

  EXPECT_EQ(ToHex(bytes), ToHex(FromHex(ListsWith("", "9201 0b 09 0000000000000000 12 00"))));
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(std::signbit(read->marks.begin()->first));
}

TEST(WireBytesTest, RecursiveTypesHoldThemselves) {
  Node value;
  value.name = "a";
  value.next.emplace().name = "b";
  value.children = {Node{.name = "c"}, Node()};

  ExpectWire(value, "0a 01 61 12 03 0a 01 62 1a 03 0a 01 63 1a 00");
}

TEST(WireBytesTest, UnionsAreOneField) {
  Shuffled value;
  value.second = Shape::Dot({1, 2});
  ExpectWire(value, "12 06 0a 04 08 01 10 02");

  value.second = Shape::Label("");
  ExpectWire(value, "12 02 12 00");

  value.second = Shape::Corners({{1, 0}});
  ExpectWire(value, "12 06 1a 04 0a 02 08 01");

  value.second = Shape::Nested(Shape::Label("x"));
  ExpectWire(value, "12 05 22 03 12 01 78");
}

TEST(WireBytesTest, FieldsAreWrittenInTheOrderOfTheirNumbersWhateverWasDeclared) {
  Shuffled value;
  value.first = 1;
  value.second = Shape::Label("2");
  value.third = "3";
  value.thirtieth = 30;

  ExpectWire(value, "08 01 12 03 12 01 32 1a 01 33 f201 02 3330");
}

TEST(WireBytesTest, FieldsAreReadInAnyOrder) {
  Shuffled value;
  value.first = 1;
  value.second = Shape::Label("2");
  value.third = "3";
  value.thirtieth = 30;

  ExpectReads("f201 02 3330 1a 01 33 12 03 12 01 32 08 01", value);
}

TEST(WireBytesTest, UnknownFieldsOfEveryWireTypeAreSkipped) {
  ExpectReads("08 01 28 ac02 31 0102030405060708 3a 03 ffffff 45 01020304 10 02", Point{1, 2});
}

TEST(WireBytesTest, OfASingularFieldTheLastCounts) {
  ExpectReads("08 01 08 02 10 03", Point{2, 3});
}

TEST(WireBytesTest, OfAMessageSentTwiceNothingOfTheFirstIsKept) {
  Presences value;
  value.point = Point{0, 2};
  value.origin = Point{3, 0};

  ExpectReads("22 02 08 01 22 02 10 02 5a 02 10 09 5a 02 08 03 60 01", value);
}

TEST(WireBytesTest, OfAUnionMemberSentTwiceTheLastCounts) {
  Shuffled value;
  value.second = Shape::Corners({{2, 0}});

  ExpectReads("12 0c 1a 04 0a 02 08 01 1a 04 0a 02 08 02", value);
}

TEST(WireBytesTest, UnknownNumbersOfAnExtensibleEnumAreItsDefault) {
  Presences value;

  ExpectReads("5a 00 60 63", value);
  value.sound = Sound::kMeow;
  ExpectReads("5a 00 60 fdffffffffffffffff01", value);
}

}  // namespace
}  // namespace ipc
