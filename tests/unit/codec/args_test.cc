// Parameters of a typed channel as the positional arguments of an untyped one.

#include "gtest/gtest.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/shapes_tables.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Color;
using shapes::DrawParams;
using shapes::EmptyParams;
using shapes::LogParams;
using shapes::Point;

const Value kPoint = Object{{"x", 1}, {"y", 2}};

template <typename Params>
std::string ErrorOf(const Args& args) {
  return std::string(ToStd(ArgsToParams<Params>(args).status().message()));
}

TEST(ArgsTest, ParametersAreInTheOrderOfDeclaration) {
  const DrawParams params{.at = {1, 2}, .color = Color::kBlue, .label = "a", .width = 3};

  const Args args = ParamsToArgs(params);

  EXPECT_EQ(args, (Args{kPoint, "kBlue", "a", 3}));
  absl::StatusOr<DrawParams> read = ArgsToParams<DrawParams>(args);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, params);
}

TEST(ArgsTest, NullableOnesAtTheEndMayBeLeftOut) {
  const DrawParams params{.at = {1, 2}, .color = Color::kRed};

  for (const Args& args :
       {Args{kPoint, 0}, Args{kPoint, 0, nullptr}, Args{kPoint, 0, nullptr, nullptr}}) {
    absl::StatusOr<DrawParams> read = ArgsToParams<DrawParams>(args);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, params);
  }
}

TEST(ArgsTest, AnyOtherNumberIsAnError) {
  EXPECT_EQ(ErrorOf<DrawParams>({}), "expected 2 to 4 arguments, got 0");
  EXPECT_EQ(ErrorOf<DrawParams>({kPoint}), "expected 2 to 4 arguments, got 1");
  EXPECT_EQ(ErrorOf<DrawParams>({kPoint, 0, "a", 3, 4}), "expected 2 to 4 arguments, got 5");
  EXPECT_EQ(ErrorOf<Point>({1}), "expected 2 arguments, got 1");
  EXPECT_EQ(ErrorOf<EmptyParams>({1}), "expected 0 arguments, got 1");
  EXPECT_EQ(ErrorOf<LogParams>({}), "expected at least 1 argument, got 0");
}

TEST(ArgsTest, ErrorsNameTheArgumentAndThePathInIt) {
  EXPECT_EQ(ErrorOf<DrawParams>({Object{{"x", 1}, {"y", "2"}}, 0}),
            "args[0].y: expected int32, got string");
  EXPECT_EQ(ErrorOf<DrawParams>({kPoint, 0, 5}), "args[2]: expected string, got number");
  EXPECT_EQ(ErrorOf<DrawParams>({nullptr, 0}), "args[0]: expected object, got null");
}

TEST(ArgsTest, TheRestTakesWhatIsLeft) {
  const LogParams params{.level = "info", .args = {1, nullptr, Array{2}}};

  const Args args = ParamsToArgs(params);

  EXPECT_EQ(args, (Args{"info", 1, nullptr, Array{2}}));
  absl::StatusOr<LogParams> read = ArgsToParams<LogParams>(args);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, params);
}

TEST(ArgsTest, TheRestMayBeNothing) {
  absl::StatusOr<LogParams> read = ArgsToParams<LogParams>({"info"});

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, LogParams{.level = "info"});
}

TEST(ArgsTest, NoParametersAreNoArguments) {
  EXPECT_TRUE(ParamsToArgs(EmptyParams()).empty());
  EXPECT_TRUE(ArgsToParams<EmptyParams>({}).ok());
}

}  // namespace
}  // namespace ipc
