#include "runtime/value/json_reader.h"

#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using Blob = absl::Span<const uint8_t>;

std::string Nested(size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string ErrorOf(std::string_view text, const JsonLimits& limits = {}) {
  return std::string(ReadJson(text, limits).status().message());
}
std::string ErrorOf(std::string_view text, const std::vector<Blob>& blobs) {
  return std::string(ReadJsonWithBlobs(text, blobs).status().message());
}

TEST(JsonReaderTest, ReadsEveryKind) {
  const auto value = ReadJson(R"( {"a": [null, true, false, -1, 1.5, "x\n\u00e4\ud83d\ude00"]} )");

  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(*value,
            (Object{{"a", Array{nullptr, true, false, -1, 1.5, "x\n\xC3\xA4\xF0\x9F\x98\x80"}}}));
}

TEST(JsonReaderTest, MembersKeepTheirOrder) {
  const auto value = ReadJson(R"({"z":1,"a":2,"m":3})");

  ASSERT_TRUE(value.ok());
  std::string names;
  for (const auto& [name, member] : value->object()) names += name;
  EXPECT_EQ(names, "zam");
}

TEST(JsonReaderTest, IntegersOf64BitsAreExact) {
  EXPECT_EQ(*ReadJson("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(*ReadJson("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(*ReadJson("18446744073709551615"), UINT64_MAX);
}

TEST(JsonReaderTest, IntegersBeyond64BitsBecomeDoubles) {
  const auto value = ReadJson(
      R"({"18446744073709551616\"":[18446744073709551616,-9223372036854775809,12345678901234567890123]})");

  ASSERT_TRUE(value.ok()) << value.status();
  const Value& numbers = (*value)["18446744073709551616\""];
  EXPECT_EQ(numbers,
            (Array{18446744073709551616.0, -9223372036854775808.0, 12345678901234567890123.0}));
  EXPECT_EQ(numbers[0].kind(), Value::Kind::kDouble);
}

TEST(JsonReaderTest, NumbersThatNoDoubleHoldsAreRefused) {
  EXPECT_EQ(ErrorOf("1e400"), "a malformed number, or one that no double holds");
  EXPECT_EQ(ErrorOf(std::string(400, '9')), "a malformed number, or one that no double holds");
  EXPECT_EQ(ErrorOf("[18446744073709551616,01]"),
            "a malformed number, or one that no double holds");
}

TEST(JsonReaderTest, OnlyWholeJsonIsJson) {
  for (const char* text : {"",         " ",       "nul",       "[1,]",      "[1 2]",
                           "{\"a\"}",  "{a:1}",   "[1] 2",     "'a'",       "+1",
                           ".5",       "1.",      "01",        "-",         "NaN",
                           "Infinity", "[1",      "\"a",       "// no\n1",  "\xEF\xBB\xBF[1]",
                           "\"\t\"",   R"("\x")", R"("\u12")", "{\"a\":1,}"}) {
    EXPECT_EQ(ReadJson(text).status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
}

TEST(JsonReaderTest, ANulByteEndsNothing) {
  EXPECT_FALSE(ReadJson(std::string_view("1\0", 2)).ok());
  EXPECT_EQ(*ReadJson(R"("a\u0000b")"), std::string("a\0b", 3));
}

TEST(JsonReaderTest, LoneSurrogatesAreRefused) {
  for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")",
                           R"("\ud800\ud800")", R"("\udc00\ud800")", R"({"\udfff":1})"}) {
    EXPECT_EQ(ErrorOf(text), "a string with a bad escape or a lone surrogate") << text;
  }
}

TEST(JsonReaderTest, WhatIsNotUtf8IsRefused) {
  for (const char* text : {"\"\xFF\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"",
                           "\"\xE4\xB8\"", "{\"\x80\":1}"}) {
    EXPECT_EQ(ErrorOf(text), "not UTF-8") << text;
  }
}

TEST(JsonReaderTest, DuplicateNamesAreRefusedWithTheirPath) {
  EXPECT_EQ(ErrorOf(R"([0,{"a":{"b":1,"c":2,"b":3}}])"), "[1].a.b: a name that is there already");
  EXPECT_EQ(ErrorOf(R"({"a":1,"\u0061":2})"), "a: a name that is there already");
}

TEST(JsonReaderTest, DuplicatesAmongManyNamesAreFoundFast) {
  std::string text = "{";
  for (int i = 0; i < 300'000; ++i) text += "\"" + std::to_string(i) + "\":0,";

  EXPECT_EQ(ErrorOf(text + "\"4711\":0}"), "4711: a name that is there already");
}

TEST(JsonReaderTest, LongAndUnprintableNamesDoNotReachTheErrorText) {
  const std::string name(100, 'n');

  EXPECT_EQ(ErrorOf("{\"" + name + "\":{\"\\n\xC3\xA4\":{\"x\":1,\"x\":2}}}"),
            std::string(40, 'n') + "....???.x: a name that is there already");
}

TEST(JsonReaderTest, DepthIsBounded) {
  const JsonLimits limits{.max_depth = 3};

  EXPECT_TRUE(ReadJson(Nested(2), limits).ok());
  EXPECT_TRUE(ReadJson(Nested(3), limits).ok());
  EXPECT_EQ(ReadJson(Nested(4), limits).status(),
            absl::OutOfRangeError("[0][0][0]: nested deeper than 3"));
}

TEST(JsonReaderTest, DepthIsBoundedWhateverTheLimitSays) {
  const JsonLimits limits{.max_depth = 1'000'000};

  EXPECT_TRUE(ReadJson(Nested(512), limits).ok());
  EXPECT_EQ(ReadJson(Nested(513), limits).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReadJson(Nested(100'000), limits).status(),
            absl::OutOfRangeError("nested deeper than 512"));
}

TEST(JsonReaderTest, NodesAreBounded) {
  const JsonLimits limits{.max_nodes = 4};

  EXPECT_TRUE(ReadJson("[1,2]", limits).ok());
  EXPECT_TRUE(ReadJson("[1,[2]]", limits).ok());
  EXPECT_EQ(ReadJson("[1,[2,3]]", limits).status(),
            absl::OutOfRangeError("[1]: more than 4 values"));
  EXPECT_EQ(ReadJson(R"({"a":1,"b":2,"c":3,"d":4})", limits).status(),
            absl::OutOfRangeError("more than 4 values"));
}

TEST(JsonReaderTest, BytesOfTextAreBounded) {
  const JsonLimits limits{.max_bytes = 4};

  EXPECT_TRUE(ReadJson("123", limits).ok());
  EXPECT_TRUE(ReadJson("1234", limits).ok());
  EXPECT_EQ(ReadJson("12345", limits).status(),
            absl::OutOfRangeError("5 bytes of JSON text, the limit is 4"));
}

TEST(JsonReaderTest, LargeTextsAreReadToo) {
  const std::string content(3'000'000, 'x');

  const auto value = ReadJson("[\"" + content + "\"]");

  ASSERT_TRUE(value.ok());
  EXPECT_EQ((*value)[0].string(), content);
}

TEST(JsonReaderTest, EachThreadReadsOnItsOwn) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      const std::string text = "[" + std::to_string(i) + "]";
      for (int j = 0; j < 1000; ++j) EXPECT_EQ((*ReadJson(text))[0], i);
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(JsonReaderTest, Base64TextBecomesBytes) {
  EXPECT_EQ(*ReadJson(R"([{"$bytes":"AQID"}])"), (Array{Bytes{1, 2, 3}}));
  EXPECT_EQ(*ReadJson(R"({"$bytes":""})"), Bytes());
  EXPECT_EQ(ErrorOf(R"([{"$bytes":"?"}])"), "[0]: `$bytes` is not base64");
  EXPECT_EQ(ErrorOf(R"({"$bytes":0})"), "`$bytes` is not base64");
}

TEST(JsonReaderTest, DollarNamesLoseTheirEscape) {
  EXPECT_EQ(*ReadJson(R"({"$$bytes":"AQID"})"), (Object{{"$bytes", "AQID"}}));
  EXPECT_EQ(*ReadJson(R"({"$$$":1})"), (Object{{"$$", 1}}));
  EXPECT_EQ(*ReadJson(R"({"$ref":1})"), (Object{{"$ref", 1}}));
  EXPECT_EQ(ErrorOf(R"({"$ref":1,"$$ref":2})"), "$ref: a name that is there already");
}

TEST(JsonReaderTest, BytesStandAlone) {
  EXPECT_EQ(ErrorOf(R"({"a":1,"$bytes":"AQID"})"),
            "$bytes: a name that begins with `$` is written with one more `$`");
}

TEST(JsonReaderWithBlobsTest, BytesBesideTheTextTakeTheirPlace) {
  const Bytes first = {1, 2};
  const Bytes second = {};
  const std::vector<Blob> blobs = {first, second};

  const auto value = ReadJsonWithBlobs(R"([{"$bytes":1},{"a":{"$bytes":0}}])", blobs);

  ASSERT_TRUE(value.ok()) << value.status();
  EXPECT_EQ(*value, (Array{second, Object{{"a", first}}}));
}

TEST(JsonReaderWithBlobsTest, EachBlobIsReferredToExactlyOnce) {
  const Bytes bytes = {1, 2};

  EXPECT_EQ(ErrorOf(R"([{"$bytes":0},{"$bytes":0}])", {bytes}),
            "[1]: `$bytes` refers to bytes that have their place already");
  EXPECT_EQ(ErrorOf("[]", {bytes}), "bytes that the text does not refer to");
}

TEST(JsonReaderWithBlobsTest, AReferenceThatIsNoneIsRefused) {
  const Bytes bytes = {1, 2};

  for (const char* reference : {"1", "-1", "0.0", "\"AQID\"", "null", "18446744073709551615"}) {
    EXPECT_EQ(ErrorOf(R"({"a":{"$bytes":)" + std::string(reference) + "}}", {bytes}),
              "a: `$bytes` refers to no bytes")
        << reference;
  }
}

TEST(JsonReaderWithBlobsTest, UnknownDollarNamesAreKeptForLater) {
  EXPECT_EQ(ErrorOf(R"([{"$port":0}])", std::vector<Blob>()),
            "[0].$port: a name that begins with `$` is written with one more `$`");
  EXPECT_EQ(*ReadJsonWithBlobs(R"({"$$port":0})", {}), (Object{{"$port", 0}}));
}

}  // namespace
}  // namespace ipc
