// The JSON of typed values, both ways.

#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "runtime/codec/entry.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"
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

Value Json(std::string_view text) {
  absl::StatusOr<Value> value = ReadJson(text);
  EXPECT_TRUE(value.ok()) << value.status();
  return value.ok() ? *std::move(value) : Value();
}

// `value` is `text`, and read from it.
template <typename T>
void ExpectJson(const T& value, std::string_view text) {
  EXPECT_EQ(ToJson(ToJsonValue(value)), text);

  absl::StatusOr<T> read = FromJsonValue<T>(Json(text), "value");

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

template <typename T>
void ExpectReads(const Value& json, const T& value) {
  absl::StatusOr<T> read = FromJsonValue<T>(json, "value");

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

// The fields that must be there, and `name` as `value`.
template <typename T>
Value With(std::string name, Value value) {
  Object object = ToJsonValue(T()).object();
  object.Set(std::move(name), std::move(value));
  return object;
}

template <typename T>
void ExpectRefused(const Value& json, std::string_view text) {
  absl::StatusOr<T> read = FromJsonValue<T>(json, "value");

  EXPECT_EQ(ToStd(read.status().message()), text);
}

TEST(JsonTest, ScalarsAreNumbersStringsAndBytes) {
  Scalars value;
  value.flag = true;
  value.tiny = -128;
  value.small = -32768;
  value.medium = -2147483648;
  value.large = std::numeric_limits<int64_t>::min();
  value.utiny = 255;
  value.usmall = 65535;
  value.umedium = 4294967295;
  value.ularge = std::numeric_limits<uint64_t>::max();
  value.single = 0.5f;
  value.real = 0.1;
  value.color = Color::kGreen;
  value.text = "a";
  value.blob = {1, 2};

  ExpectJson(value,
             R"({"flag":true,"tiny":-128,"small":-32768,"medium":-2147483648,)"
             R"("large":-9223372036854775808,"utiny":255,"usmall":65535,"umedium":4294967295,)"
             R"("ularge":18446744073709551615,"single":0.5,"real":0.1,"color":"kGreen",)"
             R"("text":"a","blob":{"$bytes":"AQI="}})");
}

TEST(JsonTest, IntegersMayBeWrittenAsDoubles) {
  ExpectReads(Object{{"x", 1.0}, {"y", -0.0}}, Point{1, 0});
}

TEST(JsonTest, LargeIntegersMayBeDecimalText) {
  Scalars value;
  value.large = -5;
  ExpectReads(With<Scalars>("large", "-5"), value);
  value = Scalars{.ularge = std::numeric_limits<uint64_t>::max()};
  ExpectReads(With<Scalars>("ularge", "18446744073709551615"), value);
}

TEST(JsonTest, WhatIsNotJsonsNumberIsText) {
  const double infinity = std::numeric_limits<double>::infinity();
  ExpectReads(With<Scalars>("real", "Infinity"), Scalars{.real = infinity});
  ExpectReads(With<Scalars>("real", "-Infinity"), Scalars{.real = -infinity});
  absl::StatusOr<Scalars> read = FromJsonValue<Scalars>(With<Scalars>("single", "NaN"), "value");

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(std::isnan(read->single));
  EXPECT_EQ(ToJsonValue(*read)["single"], Value("NaN"));
  EXPECT_EQ(ToJsonValue(Scalars{.real = -infinity})["real"], Value("-Infinity"));
}

TEST(JsonTest, BytesMayBeBase64Text) {
  ExpectReads(With<Scalars>("blob", "AQI="), Scalars{.blob = {1, 2}});
  ExpectRefused<Scalars>(With<Scalars>("blob", "A"),
                         "value.blob: expected bytes, got text that is not base64");
}

TEST(JsonTest, EnumsMayBeNumbers) {
  ExpectReads(With<Scalars>("color", 5), Scalars{.color = Color::kBlue});
}

TEST(JsonTest, UnknownsOfAnExtensibleEnumAreItsDefault) {
  Presences value;
  ExpectReads(With<Presences>("sound", "kMoo"), value);
  ExpectReads(With<Presences>("sound", 99), value);
}

TEST(JsonTest, NullablesAreNullOrAbsentAndDefaultsMayBeAbsent) {
  Presences value;
  ExpectJson(value,
             R"({"number":null,"text":null,"color":null,"point":null,"blob":null,"numbers":null,)"
             R"("counts":null,"seven":7,"hello":"hello","blue":"kBlue","origin":{"x":0,"y":0},)"
             R"("sound":"kUnknown"})");
  ExpectReads(Json(R"({"origin":{"x":0,"y":0},"sound":1})"), value);

  value.number = 0;
  value.text = "";
  value.color = Color::kRed;
  value.point = Point();
  value.blob = Bytes();
  value.numbers = {1};
  value.counts = {{"a", 1}};
  ExpectJson(value,
             R"({"number":0,"text":"","color":"kRed","point":{"x":0,"y":0},"blob":{"$bytes":""},)"
             R"("numbers":[1],"counts":{"a":1},"seven":7,"hello":"hello","blue":"kBlue",)"
             R"("origin":{"x":0,"y":0},"sound":"kUnknown"})");
}

TEST(JsonTest, ListsAndMaps) {
  Lists value;
  value.flags = {true};
  value.texts = {"a"};
  value.points = {{1, 2}};
  value.maybe_numbers = {1, std::nullopt};
  value.rows = {{1}, {}};
  value.triple = {1, 2, 3};
  value.address = {127, 0, 0, 1};
  value.pair = {"a", "b"};
  value.counts = {{"a", 1}};
  value.points_by_id = {{-1, {}}};
  value.rows_by_flag = {{true, {1}}};
  value.names = {{Color::kBlue, "blue"}};
  value.marks = {{0.5, "half"}};
  value.anything = {nullptr, 1};

  ExpectJson(value,
             R"({"numbers":[],"flags":[true],"reals":[],"colors":[],"texts":["a"],"blobs":[],)"
             R"("points":[{"x":1,"y":2}],"maybe_numbers":[1,null],"maybe_points":[],)"
             R"("rows":[[1],[]],"triple":[1,2,3],"address":{"$bytes":"fwAAAQ=="},)"
             R"("pair":["a","b"],"counts":{"a":1},"points_by_id":{"-1":{"x":0,"y":0}},)"
             R"("rows_by_flag":{"true":[1]},"names":{"kBlue":"blue"},"marks":[[0.5,"half"]],)"
             R"("anything":[null,1]})");
}

TEST(JsonTest, UnionsAreObjectsOfOneMember) {
  ExpectJson(Shape::Dot({1, 2}), R"({"dot":{"x":1,"y":2}})");
  ExpectJson(Shape::Nested(Shape::Label("a")), R"({"nested":{"label":"a"}})");
  ExpectRefused<Shape>(Object(), "value: expected one member, got 0");
  ExpectRefused<Shape>(Json(R"({"dot":1,"label":2})"), "value: expected one member, got 2");
  ExpectRefused<Shape>(Json(R"({"line":1})"), "value: unknown member of shapes.Shape: line");
  ExpectRefused<Shape>(Json(R"({"label":1})"), "value.label: expected string, got number");
  ExpectRefused<Shape>("dot", "value: expected object, got string");
}

TEST(JsonTest, RecursiveTypesHoldThemselves) {
  Node value;
  value.name = "a";
  value.next.emplace().name = "b";
  value.children = {Node()};

  ExpectJson(value, R"({"name":"a","next":{"name":"b","next":null,"children":[]},)"
                    R"("children":[{"name":"","next":null,"children":[]}]})");
}

TEST(JsonTest, UnknownMembersAreSkippedAndTheirOrderDoesNotMatter) {
  ExpectReads(Json(R"({"z":[],"y":2,"x":1})"), Point{1, 2});
}

TEST(JsonTest, AFieldThatIsNotNullableMustBeThere) {
  ExpectRefused<Point>(Object{{"x", 1}}, "value.y: missing");
  ExpectRefused<Point>(Object{{"x", 1}, {"y", nullptr}}, "value.y: expected int32, got null");
}

TEST(JsonTest, OtherKindsAreRefusedByTheirNames) {
  const auto refuse = [](const char* name, Value value, std::string_view text) {
    ExpectRefused<Scalars>(With<Scalars>(name, std::move(value)), text);
  };
  refuse("flag", 1, "value.flag: expected bool, got number");
  refuse("medium", "1", "value.medium: expected int32, got string");
  refuse("large", "1x", "value.large: expected int64, got string");
  refuse("ularge", true, "value.ularge: expected uint64, got boolean");
  refuse("real", "1", "value.real: expected double, got string");
  refuse("single", nullptr, "value.single: expected float, got null");
  refuse("text", 1, "value.text: expected string, got number");
  refuse("blob", Array(), "value.blob: expected bytes, got array");
  refuse("color", 1.5, "value.color: expected shapes.Color, got number");
  ExpectRefused<Scalars>(Array(), "value: expected object, got array");
  ExpectRefused<Lists>(With<Lists>("numbers", 1), "value.numbers: expected array, got number");
  ExpectRefused<Lists>(With<Lists>("counts", Array()), "value.counts: expected object, got array");
  ExpectRefused<Lists>(With<Lists>("marks", Object()), "value.marks: expected array, got object");
}

TEST(JsonTest, ValuesOutOfRangeAreRefused) {
  const auto refuse = [](const char* name, Value value, std::string_view text) {
    ExpectRefused<Scalars>(With<Scalars>(name, std::move(value)), text);
  };
  refuse("tiny", 128, "value.tiny: expected int8, got 128");
  refuse("utiny", -1, "value.utiny: expected uint8, got -1");
  refuse("medium", 1.5, "value.medium: expected int32, got 1.5");
  refuse("large", 9223372036854775808u, "value.large: expected int64, got 9223372036854775808");
  refuse("single", 1e39, "value.single: expected float, got 1e+39");
  refuse("color", 2, "value.color: unknown shapes.Color: 2");
  refuse("color", "kPink", "value.color: unknown shapes.Color: kPink");
  refuse("text", "\xff", "value.text: not UTF-8");
}

TEST(JsonTest, PathsGoThroughListsAndMaps) {
  const auto refuse = [](const char* name, std::string_view json, std::string_view text) {
    ExpectRefused<Lists>(With<Lists>(name, Json(json)), text);
  };
  refuse("points", R"([{"x":1,"y":1},{"x":1,"y":""}])",
         "value.points[1].y: expected int32, got string");
  refuse("rows", "[[],[1,null]]", "value.rows[1][1]: expected int32, got null");
  refuse("triple", "[1,2]", "value.triple: expected 3 elements, got 2");
  refuse("triple", R"([1,2,""])", "value.triple[2]: expected int32, got string");
  refuse("address", R"("AQI=")", "value.address: expected 4 bytes, got 2");
  refuse("counts", R"({"a":null})", R"(value.counts["a"]: expected int32, got null)");
  refuse("points_by_id", R"({"7":{"x":1}})", "value.points_by_id[7].y: missing");
  refuse("points_by_id", R"({"x":{}})",
         R"(value.points_by_id["x"]: expected a name that is an int32)");
  refuse("rows_by_flag", R"({"1":[]})",
         R"(value.rows_by_flag["1"]: expected a name that is true or false)");
  refuse("names", R"({"kPink":""})", R"(value.names["kPink"]: unknown shapes.Color: kPink)");
  refuse("marks", R"([[1,""],[2]])", "value.marks[1]: expected [key, value]");
  refuse("marks", R"([["x",""]])", "value.marks[0][0]: expected double, got string");
  refuse("marks", R"([["NaN",""]])", "value.marks[0][0]: a key is NaN");
}

TEST(JsonTest, DuplicateKeysAreRefusedHoweverTheyAreSpelled) {
  ExpectRefused<Lists>(With<Lists>("names", Json(R"({"kBlue":"","5":""})")),
                       "value.names[kBlue]: duplicate key");
  ExpectRefused<Lists>(
      With<Lists>("points_by_id", Json(R"({"1":{"x":1,"y":1},"01":{"x":1,"y":1}})")),
      "value.points_by_id[1]: duplicate key");
  ExpectRefused<Lists>(With<Lists>("marks", Json(R"([[0,""],[-0.0,""]])")),
                       "value.marks[0]: duplicate key");
}

}  // namespace
}  // namespace ipc
