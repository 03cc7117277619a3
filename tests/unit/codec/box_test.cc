#include "runtime/codec/box.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(BoxTest, CopiesAreDeep) {
  Box<std::string> a("one");

  Box<std::string> b = a;
  *b = "two";

  EXPECT_EQ(*a, "one");
  EXPECT_EQ(*b, "two");
}

TEST(BoxTest, EqualWhenWhatTheyHoldIs) {
  const Box<std::string> null;

  EXPECT_EQ(Box<std::string>("a"), Box<std::string>("a"));
  EXPECT_NE(Box<std::string>("a"), Box<std::string>("b"));
  EXPECT_NE(Box<std::string>("a"), null);
  EXPECT_NE(null, Box<std::string>("a"));
  EXPECT_EQ(null, Box<std::string>(nullptr));
}

TEST(BoxTest, AssigningKeepsNothingOfWhatWasThere) {
  Box<std::string> box("a");
  const Box<std::string> other("b");

  box = other;
  EXPECT_EQ(*box, "b");

  box = *&box;
  EXPECT_EQ(*box, "b");

  box = nullptr;
  EXPECT_FALSE(box);
}

TEST(BoxTest, MovingLeavesNull) {
  Box<std::string> a("a");

  Box<std::string> b = std::move(a);

  EXPECT_EQ(b->size(), 1u);
  EXPECT_FALSE(a);  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace ipc
