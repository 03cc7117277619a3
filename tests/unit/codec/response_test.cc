// Responses and results, on the wire and as JSON.

#include "gtest/gtest.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/shapes_tables.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::EmptyParams;
using shapes::Point;
using shapes::Shape;
using shapes::VersionResponse;

using Reading = Result<Point, Shape>;
using Counting = Result<int32_t, int32_t>;
using Listing = Result<std::vector<std::string>, std::string>;

template <typename T>
std::string ErrorOf(const absl::StatusOr<T>& value) {
  return std::string(ToStd(value.status().message()));
}

TEST(ResponseTest, NothingIsNull) {
  EXPECT_EQ(ResponseToValue(EmptyParams()), Value());
  EXPECT_TRUE(ValueToResponse<EmptyParams>(nullptr).ok());
  EXPECT_EQ(ErrorOf(ValueToResponse<EmptyParams>(1)), "answer: expected null, got number");
}

TEST(ResponseTest, OneValueIsItself) {
  EXPECT_EQ(ResponseToValue(VersionResponse{"1.0"}), Value("1.0"));
  EXPECT_EQ(*ValueToResponse<VersionResponse>("1.0"), VersionResponse{"1.0"});
  EXPECT_EQ(ErrorOf(ValueToResponse<VersionResponse>(1)), "answer: expected string, got number");
}

TEST(ResponseTest, SeveralAreAnObject) {
  const Value json = Object{{"x", 1}, {"y", 2}};

  EXPECT_EQ(ResponseToValue(Point{1, 2}), json);
  EXPECT_EQ(*ValueToResponse<Point>(json), (Point{1, 2}));
  EXPECT_EQ(ErrorOf(ValueToResponse<Point>(Object{{"x", 1}})), "answer.y: missing");
}

TEST(ResultTest, IsAOneofOnTheWire) {
  ExpectWire(Reading::Ok({1, 0}), "0a 02 08 01");
  ExpectWire(Reading::Error(Shape::Label("a")), "12 03 12 01 61");
  ExpectWire(Counting::Ok(0), "08 00");
  ExpectWire(Counting::Error(5), "10 05");
}

TEST(ResultTest, HoldsListsInAWrapper) {
  ExpectWire(Listing::Ok({"a", "b"}), "0a 06 0a 01 61 0a 01 62");
  ExpectWire(Listing::Ok({}), "0a 00");
}

TEST(ResultTest, MustBeOneOfTheTwo) {
  EXPECT_EQ(ErrorOf(Decode<Counting>({})), "no member is set");
  EXPECT_EQ(ErrorOf(Decode<Counting>(AsBytes(FromHex("08 00 10 00")))),
            "more than one member is set");
  EXPECT_EQ(ErrorOf(Decode<Counting>(AsBytes(FromHex("18 00")))),
            "unknown member of result: number 3");
  EXPECT_EQ(ErrorOf(Decode<Reading>(AsBytes(FromHex("12 03 12 01 ff")))), "err.label: not UTF-8");
}

TEST(ResultTest, TheValueOfJsonIsTheValueItself) {
  const Value json = Object{{"x", 1}, {"y", 0}};

  EXPECT_EQ(ResponseToValue(Reading::Ok({1, 0})), json);
  EXPECT_EQ(*ValueToResponse<Reading>(json), Reading::Ok({1, 0}));
  EXPECT_EQ(ErrorOf(ValueToResponse<Reading>(1)), "answer: expected object, got number");
}

TEST(ResultTest, TheErrorOfJsonStandsApart) {
  const Reading error = Reading::Error(Shape::Label("gone"));
  const Value json = Object{{"label", "gone"}};

  EXPECT_EQ(ErrorToValue(error), json);
  EXPECT_EQ(*ValueToError<Reading>(json), error);
  EXPECT_EQ(ErrorOf(ValueToError<Reading>(Object{{"label", 1}})),
            "error.label: expected string, got number");
}

}  // namespace
}  // namespace ipc
