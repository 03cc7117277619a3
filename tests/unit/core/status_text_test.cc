#include "runtime/core/status_text.h"

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(StatusTextTest, GoodTextStaysAsItIs) {
  EXPECT_EQ(ToStatusText("", 10), "");
  EXPECT_EQ(ToStatusText("caf\u00e9", 5), "caf\u00e9");
}

TEST(StatusTextTest, EachByteThatIsNotUtf8IsReplaced) {
  EXPECT_EQ(ToStatusText("a\xff\xfe\u00e9\xc3", 100), "a\ufffd\ufffd\u00e9\ufffd");
}

TEST(StatusTextTest, LongTextIsCutBetweenCharacters) {
  EXPECT_EQ(ToStatusText("0123456789", 10), "0123456789");
  EXPECT_EQ(ToStatusText("0123456789a", 10), "0123456...");
  EXPECT_EQ(ToStatusText("012345\u00e9789a", 10), "012345...");
}

}  // namespace
}  // namespace ipc
