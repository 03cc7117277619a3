#include "runtime/value/value.h"

#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "runtime/value/args.h"

namespace ipc {
namespace {

using Kind = Value::Kind;

TEST(ValueTest, EveryTypeBecomesItsKind) {
  EXPECT_EQ(Value().kind(), Kind::kNull);
  EXPECT_EQ(Value(nullptr).kind(), Kind::kNull);
  EXPECT_EQ(Value(true).kind(), Kind::kBool);
  EXPECT_EQ(Value(1).kind(), Kind::kInteger);
  EXPECT_EQ(Value(uint8_t{1}).kind(), Kind::kInteger);
  EXPECT_EQ(Value(UINT64_MAX).kind(), Kind::kUnsigned);
  EXPECT_EQ(Value(1.5f).kind(), Kind::kDouble);
  EXPECT_EQ(Value("text").kind(), Kind::kString);
  EXPECT_EQ(Value(std::string_view("text")).kind(), Kind::kString);
  EXPECT_EQ(Value(Bytes{1, 2}).kind(), Kind::kBytes);
  EXPECT_EQ(Value(Array{1, 2}).kind(), Kind::kArray);
  EXPECT_EQ(Value(Object{{"a", 1}}).kind(), Kind::kObject);
}

TEST(ValueTest, NoPointerBecomesTrue) {
  static_assert(!std::is_constructible_v<Value, const int*>);
  static_assert(!std::is_constructible_v<Value, const unsigned char*>);
}

TEST(ValueTest, AnAccessorOfTheWrongKindAnswersZero) {
  const Value value = "text";

  EXPECT_FALSE(value.boolean());
  EXPECT_EQ(value.int64(), 0);
  EXPECT_EQ(value.uint64(), 0u);
  EXPECT_EQ(value.number(), 0);
  EXPECT_TRUE(value.bytes().empty());
  EXPECT_TRUE(value.array().empty());
  EXPECT_TRUE(value.object().empty());
  EXPECT_TRUE(Value(1).string().empty());
}

TEST(ValueTest, ReadingWhatIsNotThereIsNull) {
  const Value value = Object{{"items", Array{1, "two"}}};

  EXPECT_EQ(value["items"][1], "two");
  EXPECT_TRUE(value["items"][2].is_null());
  EXPECT_TRUE(value["items"][-1].is_null());
  EXPECT_TRUE(value["none"][3]["deeper"].is_null());
}

TEST(ValueTest, IntegerAndDoubleAreOneNumber) {
  EXPECT_EQ(Value(1), Value(1.0));
  EXPECT_EQ(Value(0), Value(-0.0));
  EXPECT_EQ(Value(1.0).int64(), 1);
  EXPECT_EQ(Value(1.0).uint64(), 1u);
  EXPECT_EQ(Value(-1.0).int64(), -1);
  EXPECT_EQ(Value(1).number(), 1.0);
  EXPECT_NE(Value(1), Value(1.5));
  EXPECT_NE(Value(1), Value("1"));
  EXPECT_NE(Value(1), Value(true));
}

TEST(ValueTest, OnlyExactNumbersFitAnInteger) {
  EXPECT_FALSE(Value(1.5).is_int64());
  EXPECT_FALSE(Value(-1).is_uint64());
  EXPECT_FALSE(Value(-1.0).is_uint64());
  EXPECT_TRUE(Value(-9223372036854775808.0).is_int64());
  EXPECT_FALSE(Value(9223372036854775808.0).is_int64());
  EXPECT_TRUE(Value(9223372036854775808.0).is_uint64());
  EXPECT_FALSE(Value(18446744073709551616.0).is_uint64());
  EXPECT_FALSE(Value(UINT64_MAX).is_int64());
  EXPECT_FALSE(Value(std::nan("")).is_int64());
  EXPECT_FALSE(Value(std::numeric_limits<double>::infinity()).is_uint64());
}

TEST(ValueTest, LargeIntegersAreNotEqualToTheDoublesBesideThem) {
  EXPECT_NE(Value(INT64_MAX), Value(9223372036854775808.0));
  EXPECT_NE(Value(UINT64_MAX), Value(18446744073709551616.0));
  EXPECT_EQ(Value(uint64_t{1} << 63), Value(9223372036854775808.0));
  EXPECT_NE(Value(INT64_MIN), Value(uint64_t{1} << 63));
}

TEST(ValueTest, NanEqualsNothing) { EXPECT_NE(Value(std::nan("")), Value(std::nan(""))); }

TEST(ValueTest, TakingMovesTheContentOut) {
  const std::string text(100, 'x');
  Value value = text;
  const char* content = value.string().data();

  const std::string taken = std::move(value).TakeString();

  EXPECT_EQ(taken, text);
  EXPECT_EQ(taken.data(), content);
  EXPECT_EQ(Value(1).TakeArray(), Array());
}

TEST(ValueTest, AValuePrintsAsJson) {
  std::ostringstream out;

  out << Value(Object{{"a", Array{1, Bytes{1}}}});

  EXPECT_EQ(out.str(), R"({"a":[1,{"$bytes":"AQ=="}]})");
}

TEST(ValueTest, KindsHaveNamesForErrorTexts) {
  EXPECT_EQ(KindName(Value(1.5).kind()), "number");
  EXPECT_EQ(KindName(Value(true).kind()), "boolean");
  EXPECT_EQ(KindName(Value(Bytes()).kind()), "bytes");
}

TEST(ObjectTest, MembersKeepTheOrderInWhichTheyWereAdded) {
  Object object;
  object.Set("b", 1);
  object.Set("a", 2);
  object.Set("b", 3);

  std::string names;
  for (const auto& [name, value] : object) names += name;

  EXPECT_EQ(names, "ba");
  EXPECT_EQ(object["b"], 3);
}

TEST(ObjectTest, OfTwoMembersWithOneNameTheLastCounts) {
  const Object object = {{"a", 1}, {"a", 2}};

  EXPECT_EQ(object.size(), 1u);
  EXPECT_EQ(object["a"], 2);
}

TEST(ObjectTest, FindTellsMissingFromNull) {
  const Object object = {{"null", nullptr}};

  EXPECT_NE(object.Find("null"), nullptr);
  EXPECT_EQ(object.Find("missing"), nullptr);
}

// Small and large objects are compared and searched for duplicates in two ways.
class ObjectOfSizeTest : public testing::TestWithParam<int> {
 protected:
  static std::string Name(int i) { return "member" + std::to_string(i); }
  Object Forwards() const {
    Object object;
    for (int i = 0; i < GetParam(); ++i) object.Append(Name(i), i);
    return object;
  }
  Object Backwards() const {
    Object object;
    for (int i = GetParam(); i-- > 0;) object.Append(Name(i), i);
    return object;
  }
};

TEST_P(ObjectOfSizeTest, OrderDoesNotMatterToEquality) { EXPECT_EQ(Forwards(), Backwards()); }

TEST_P(ObjectOfSizeTest, OneDifferentMemberMakesObjectsDifferent) {
  Object other = Backwards();
  other.Set(Name(0), "other");
  Object longer = Backwards();
  longer.Set("one more", 1);

  EXPECT_NE(Forwards(), other);
  EXPECT_NE(Forwards(), longer);
}

TEST_P(ObjectOfSizeTest, ADuplicateIsFound) {
  Object object = Forwards();
  const std::string* before = object.FindDuplicate();
  object.Append(Name(0), "again");

  EXPECT_EQ(before, nullptr);
  ASSERT_NE(object.FindDuplicate(), nullptr);
  EXPECT_EQ(*object.FindDuplicate(), Name(0));
}

INSTANTIATE_TEST_SUITE_P(Sizes, ObjectOfSizeTest, testing::Values(1, 2, 11, 12, 13, 100));

TEST(ArgsTest, ReadingPastTheEndIsNull) {
  const Args args = {"ping", 2};

  EXPECT_EQ(args.size(), 2u);
  EXPECT_EQ(args[0], "ping");
  EXPECT_TRUE(args[2].is_null());
  EXPECT_TRUE(Args()[0].is_null());
}

TEST(ArgsTest, OneArrayIsOneArgument) {
  const Args args = {Array{1, 2}};

  EXPECT_EQ(args.size(), 1u);
  EXPECT_EQ(args[0][1], 2);
  EXPECT_EQ(Args(Array{1, 2}).size(), 2u);
}

}  // namespace
}  // namespace ipc
