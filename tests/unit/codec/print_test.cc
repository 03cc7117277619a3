#include "runtime/codec/print.h"

#include <sstream>

#include "gtest/gtest.h"
#include "tests/unit/codec/shapes.h"

namespace ipc {
namespace {

template <typename T>
std::string Printed(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

TEST(PrintTest, StructsAreTheirNameAndTheirJson) {
  EXPECT_EQ(Printed(shapes::Point{1, -2}), R"(shapes.Point{"x":1,"y":-2})");
}

TEST(PrintTest, UnionsAreTheirNameAndTheirMember) {
  EXPECT_EQ(Printed(shapes::Shape::Label("a")), R"(shapes.Shape{"label":"a"})");
}

TEST(PrintTest, EnumsAreTheirNames) {
  EXPECT_EQ(Printed(shapes::Color::kBlue), "kBlue");
  EXPECT_EQ(shapes::ToString(shapes::Sound::kMeow), "kMeow");
}

TEST(PrintTest, EnumsWithoutANameAreTheirNumbers) {
  EXPECT_EQ(Printed(static_cast<shapes::Color>(7)), "shapes.Color(7)");
  EXPECT_EQ(shapes::ToString(static_cast<shapes::Color>(7)), "");
}

}  // namespace
}  // namespace ipc
