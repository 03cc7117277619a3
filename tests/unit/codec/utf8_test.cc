#include "runtime/codec/utf8.h"

#include <random>
#include <string>

#include "gtest/gtest.h"

namespace ipc {
namespace {

using std::string_view_literals::operator""sv;

// By the letter of RFC 3629: decodes each character and looks at its number.
bool IsUtf8ByDecoding(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<uint8_t>(text[at]);
    const size_t length = lead < 0x80           ? 1
                          : (lead >> 5) == 0x6  ? 2
                          : (lead >> 4) == 0xe  ? 3
                          : (lead >> 3) == 0x1e ? 4
                                                : 0;
    if (length == 0 || at + length > text.size()) return false;
    uint32_t number = length == 1 ? lead : lead & (0x7fu >> length);
    for (size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<uint8_t>(text[at + i]);
      if ((byte & 0xc0) != 0x80) return false;
      number = number << 6 | (byte & 0x3fu);
    }
    constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (number < kLeast[length] || number > 0x10ffff) return false;
    if (number >= 0xd800 && number <= 0xdfff) return false;
    at += length;
  }
  return true;
}

TEST(Utf8Test, TheFirstAndTheLastCharacterOfEachLengthAreText) {
  for (std::string_view text :
       {""sv, "\0"sv, "\x7f"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv, "\xed\x9f\xbf"sv,
        "\xee\x80\x80"sv, "\xef\xbf\xbf"sv, "\xf0\x90\x80\x80"sv, "\xf4\x8f\xbf\xbf"sv}) {
    EXPECT_TRUE(IsUtf8(text)) << testing::PrintToString(text);
  }
}

TEST(Utf8Test, WhatIsJustBesideIsNot) {
  for (std::string_view text :
       {"\x80"sv, "\xbf"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xc2"sv, "\xc2\x7f"sv, "\xc2\xc0"sv,
        "\xe0\x80\x80"sv, "\xe0\x9f\xbf"sv, "\xe1\x80"sv, "\xe1\x80\x7f"sv, "\xed\xa0\x80"sv,
        "\xed\xbf\xbf"sv, "\xf0\x80\x80\x80"sv, "\xf0\x8f\xbf\xbf"sv, "\xf1\x80\x80"sv,
        "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xff"sv}) {
    EXPECT_FALSE(IsUtf8(text)) << testing::PrintToString(text);
  }
}

TEST(Utf8Test, BadBytesAreFoundWhereverTheyStand) {
  for (size_t at = 0; at < 40; ++at) {
    std::string text(40, 'a');
    text[at] = '\x80';

    EXPECT_FALSE(IsUtf8(text)) << at;
  }
}

TEST(Utf8Test, AgreesWithDecodingOnEveryShortText) {
  std::string text(3, '\0');
  size_t differences = 0;
  for (uint32_t number = 0; number < 1 << 24; number += 3) {
    text[0] = static_cast<char>(number >> 16);
    text[1] = static_cast<char>(number >> 8);
    text[2] = static_cast<char>(number);
    differences += IsUtf8(text) != IsUtf8ByDecoding(text);
  }

  EXPECT_EQ(differences, 0u);
}

TEST(Utf8Test, AgreesWithDecodingOnRandomText) {
  const uint32_t seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  constexpr uint8_t kTelling[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                  0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5};

  for (int i = 0; i < 200'000; ++i) {
    std::string text(random() % 12, '\0');
    for (char& c : text) c = static_cast<char>(kTelling[random() % std::size(kTelling)]);

    ASSERT_EQ(IsUtf8(text), IsUtf8ByDecoding(text)) << testing::PrintToString(text);
  }
}

}  // namespace
}  // namespace ipc
