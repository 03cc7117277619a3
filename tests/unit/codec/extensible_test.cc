// What becomes of values that only a newer peer knows.

#include "gtest/gtest.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Code;
using shapes::Event;
using shapes::Point;
using shapes::Report;

TEST(ExtensibleTest, AnUnknownMemberOfAUnionIsItsDefaultWithoutContent) {
  const Report value{.events = {Event::Click({1, 0}), Event::Other(""), Event::Other("a")}};

  ExpectReads("12 04 0a 02 08 01 12 04 1a 02 08 01 12 03 12 01 61", value);
}

TEST(ExtensibleTest, AnUnknownMemberBesideAKnownOneIsRefused) {
  ExpectRefused<Report>("12 04 1a 00 12 00", DecodeError::kUnionSetTwice,
                        "events[0]: more than one member is set");
}

TEST(ExtensibleTest, AnUnknownMemberThatIsMalformedIsRefused) {
  ExpectRefused<Report>("12 02 1a 05", DecodeError::kTruncated,
                        "events[0]: the bytes end inside of a value");
}

TEST(ExtensibleTest, AnUnknownMemberInJsonIsTheDefaultToo) {
  const Value json = Object{{"code", 0}, {"events", Array{Object{{"drag", Array()}}}}};

  absl::StatusOr<Report> read = FromJsonValue<Report>(json, "report");

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, Report{.events = {Event::Other("")}});
}

TEST(ExtensibleTest, WithoutADefaultAnEnumKeepsUnknownNumbers) {
  const Report value{.code = static_cast<Code>(7)};

  ExpectWire(value, "08 07");
  EXPECT_EQ(ToJsonValue(value)["code"], Value(7));
  EXPECT_EQ(FromJsonValue<Report>(ToJsonValue(value), "report").value(), value);
}

TEST(ExtensibleTest, NumbersThatAreNoEnumsAreRefusedAllTheSame) {
  ExpectRefused<Report>("08 8080808008", DecodeError::kUnknownEnumValue,
                        "code: unknown shapes.Code: 2147483648");
}

TEST(ExtensibleTest, WithoutADefaultUnknownNamesAreRefused) {
  const Value json = Object{{"code", "kNew"}, {"events", Array()}};

  const absl::StatusOr<Report> read = FromJsonValue<Report>(json, "report");

  EXPECT_EQ(ToStd(read.status().message()), "report.code: unknown shapes.Code: kNew");
}

TEST(ExtensibleTest, EnumsOfLargeNumbersAreKnownByThem) {
  ExpectWire(Report{.code = Code::kLarge}, "08 e807");
}

}  // namespace
}  // namespace ipc
