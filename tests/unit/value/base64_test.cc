#include "runtime/value/base64.h"

#include <optional>

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(Base64Test, BytesPassUnchanged) {
  Bytes bytes;
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(FromBase64(ToBase64(bytes)), bytes);
    bytes.push_back(static_cast<uint8_t>(i));
  }
}

TEST(Base64Test, TheTextIsThatOfTheRfc) {
  EXPECT_EQ(ToBase64({}), "");
  EXPECT_EQ(ToBase64({'f'}), "Zg==");
  EXPECT_EQ(ToBase64({'f', 'o', 'o', 'b', 'a'}), "Zm9vYmE=");
  EXPECT_EQ(ToBase64({0xFB, 0xFF}), "+/8=");
}

TEST(Base64Test, OtherWaysToWriteBytesAreRefused) {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "Zh==", "Z g==", "Zg==\n", "-_8=", "?", "Zg==Zg=="}) {
    EXPECT_EQ(FromBase64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace ipc
