#include "runtime/value/json_writer.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "runtime/value/json_reader.h"

namespace ipc {
namespace {

// What WriteJson() made of a value, or why it did not.
struct Written {
  absl::Status status;
  std::string text;
  std::vector<const Bytes*> blobs;
};

template <typename T>
Written Write(const T& what, const JsonLimits& limits = {}) {
  Written written;
  written.status = WriteJson(what, limits, &written.text, &written.blobs);
  return written;
}

Value Nested(size_t depth) {
  Value value = Array();
  for (size_t i = 1; i < depth; ++i) {
    Array outer;
    outer.push_back(std::move(value));
    value = std::move(outer);
  }
  return value;
}

TEST(JsonWriterTest, WritesEveryKind) {
  const Value value = Object{{"z", Array{nullptr, true, false, -1, 1.5, "text"}},
                             {"a", Object()},
                             {"b", Array()},
                             {"c", UINT64_MAX}};

  EXPECT_EQ(Write(value).text,
            R"({"z":[null,true,false,-1,1.5,"text"],"a":{},"b":[],"c":18446744073709551615})");
}

TEST(JsonWriterTest, EscapesWhatJsonCannotHold) {
  EXPECT_EQ(ToJson("\"\\\b\f\n\r\t/\x7F\x01\x1F\xC3\xA4"),
            "\"\\\"\\\\\\b\\f\\n\\r\\t/\x7F\\u0001\\u001f\xC3\xA4\"");
  EXPECT_EQ(ToJson(Object{{"a\"b", std::string("\0", 1)}}), R"({"a\"b":"\u0000"})");
}

TEST(JsonWriterTest, NanAndInfinitiesAreNull) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();

  EXPECT_EQ(ToJson(Array{std::nan(""), kInfinity, -kInfinity}), "[null,null,null]");
}

TEST(JsonWriterTest, DoublesAreShortAndReadBackTheSame) {
  EXPECT_EQ(ToJson(Array{0.1, 1.0, 1e21, 5e-324, -0.0}), "[0.1,1,1e+21,5e-324,-0.0]");
  for (const double number : {0.1, 1e21, 5e-324, 1.7976931348623157e308, 9007199254740993.0,
                              12345678901234567168.0, 9223372036854775808.0, 1.0 / 3}) {
    EXPECT_EQ(*ReadJson(ToJson(number)), number);
  }
  EXPECT_TRUE(std::signbit(ReadJson(ToJson(-0.0))->number()));
}

TEST(JsonWriterTest, OnTheWireBytesStandBesideTheText) {
  const Value value = Array{Bytes{1, 2}, Object{{"a", Bytes{3}}}};

  const Written written = Write(value);

  EXPECT_TRUE(written.status.ok());
  EXPECT_EQ(written.text, R"([{"$bytes":0},{"a":{"$bytes":1}}])");
  ASSERT_EQ(written.blobs.size(), 2u);
  EXPECT_EQ(written.blobs[0], &value[0].bytes()) << "not copied";
  EXPECT_EQ(*written.blobs[1], Bytes{3});
}

TEST(JsonWriterTest, ForPeopleBytesAreBase64) {
  EXPECT_EQ(ToJson(Bytes{1, 2, 3}), R"({"$bytes":"AQID"})");
}

TEST(JsonWriterTest, NobodysDollarIsTakenForOurs) {
  const Value value = Object{{"$bytes", 0}, {"$$x", 1}, {"a$", 2}};

  const Written written = Write(value);

  EXPECT_EQ(written.text, R"({"$$bytes":0,"$$$x":1,"a$":2})");
  EXPECT_EQ(*ReadJsonWithBlobs(written.text, {}), value);
  EXPECT_EQ(*ReadJson(ToJson(value)), value);
}

TEST(JsonWriterTest, TextIsAppended) {
  std::string text = "before ";
  std::vector<const Bytes*> blobs;

  const absl::Status status = WriteJson(Value(1), JsonLimits{.max_bytes = 1}, &text, &blobs);

  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(text, "before 1");
}

TEST(JsonWriterTest, ArgsAreAnArray) {
  EXPECT_EQ(Write(Args{"ping", 2, nullptr}).text, R"(["ping",2,null])");
  EXPECT_EQ(Write(Args()).text, "[]");
}

TEST(JsonWriterTest, DepthIsBoundedAndTheErrorNamesThePlace) {
  const JsonLimits limits{.max_depth = 3};

  EXPECT_TRUE(Write(Nested(3), limits).status.ok());
  EXPECT_EQ(
      Write(Nested(4), limits).status,
      absl::InvalidArgumentError("An object could not be cloned. ([0][0][0] nests deeper than 3)"));
  EXPECT_TRUE(Write(Args{1, Nested(2)}, limits).status.ok());
  EXPECT_EQ(Write(Args{1, Object{{"items", Array{0, Array()}}}}, limits).status,
            absl::InvalidArgumentError(
                "An object could not be cloned. (args[1].items[1] nests deeper than 3)"));
  EXPECT_EQ(Write(Value(Object{{"items", Array{0, Array{Bytes()}}}}), limits).status,
            absl::InvalidArgumentError(
                "An object could not be cloned. (items[1][0] nests deeper than 3)"));
}

TEST(JsonWriterTest, TheLimitsAreThoseOfTheReader) {
  const JsonLimits limits{.max_bytes = 5, .max_depth = 1, .max_nodes = 3};

  const Written largest = Write(Args{1, 2}, limits);

  EXPECT_TRUE(largest.status.ok()) << largest.status;
  EXPECT_TRUE(ReadJson(largest.text, limits).ok());
  EXPECT_EQ(Write(Args{10, 2}, limits).status,
            absl::OutOfRangeError("6 bytes of JSON text, the limit is 5"));
  EXPECT_EQ(Write(Args{1, 2, 3}, limits).status, absl::OutOfRangeError("more than 3 values"));
}

TEST(JsonWriterTest, BytesCountAsTheReaderCountsThem) {
  const JsonLimits limits{.max_depth = 2, .max_nodes = 2};
  const Bytes bytes = {1};

  const Written written = Write(Args{bytes}, limits);

  EXPECT_TRUE(written.status.ok()) << written.status;
  EXPECT_TRUE(ReadJsonWithBlobs(written.text, {bytes}, limits).ok());
}

TEST(JsonWriterTest, WhatIsNotUtf8IsRefusedOnTheWireAndRepairedForPeople) {
  const std::string broken = "a\xFFz";

  EXPECT_EQ(
      Write(Args{Object{{"name", broken}}}).status,
      absl::InvalidArgumentError("An object could not be cloned. (args[0].name is not UTF-8)"));
  EXPECT_EQ(Write(Value(broken)).status,
            absl::InvalidArgumentError("An object could not be cloned. (value is not UTF-8)"));
  EXPECT_EQ(Write(Value(Object{{broken, 1}})).status,
            absl::InvalidArgumentError("An object could not be cloned. (a?z is not UTF-8)"));
  EXPECT_EQ(ToJson(broken), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(ToJson("\xF0\x9F\x98\x80\xF0\x9F"), "\"\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonWriterTest, ForPeopleNothingIsTooDeep) {
  const std::string text = ToJson(Nested(600));

  EXPECT_EQ(text, std::string(512, '[') + "null" + std::string(512, ']'));
}

}  // namespace
}  // namespace ipc
