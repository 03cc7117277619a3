#include "runtime/process/tokens.h"

#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using testing::MatchesRegex;

const MonotonicTime kNow{std::chrono::hours(1)};
const milliseconds kMinute{60'000};

TEST(TokensTest, ATokenIsGoodForOneHelloOfItsRole) {
  Tokens tokens;
  const std::string token = tokens.Issue("plugin", kNow, kMinute);

  const absl::Status first = tokens.Spend("plugin", token, kNow);
  const absl::Status second = tokens.Spend("plugin", token, kNow);

  EXPECT_EQ(first, absl::OkStatus());
  EXPECT_EQ(second,
            absl::PermissionDeniedError("no token that main gave out, used once and in time"));
}

TEST(TokensTest, ATokenIsSpentByAHelloOfAnotherRole) {
  Tokens tokens;
  const std::string token = tokens.Issue("plugin", kNow, kMinute);

  EXPECT_TRUE(absl::IsPermissionDenied(tokens.Spend("editor", token, kNow)));

  EXPECT_TRUE(absl::IsPermissionDenied(tokens.Spend("plugin", token, kNow)));
}

TEST(TokensTest, ATokenHasItsTime) {
  Tokens tokens;
  const std::string early = tokens.Issue("plugin", kNow, kMinute);
  const std::string late = tokens.Issue("plugin", kNow, kMinute);

  EXPECT_EQ(tokens.Spend("plugin", early, kNow + kMinute - milliseconds(1)), absl::OkStatus());
  EXPECT_TRUE(absl::IsPermissionDenied(tokens.Spend("plugin", late, kNow + kMinute)));
}

TEST(TokensTest, WhatWasNeverGivenOutIsRefusedAndSpendsNothing) {
  Tokens tokens;
  const std::string token = tokens.Issue("plugin", kNow, kMinute);
  std::string other = token;
  other.back() = other.back() == '0' ? '1' : '0';

  for (const std::string& wrong : {std::string(), other, token.substr(1), token + "0"}) {
    EXPECT_TRUE(absl::IsPermissionDenied(tokens.Spend("plugin", wrong, kNow))) << wrong;
  }

  EXPECT_EQ(tokens.Spend("plugin", token, kNow), absl::OkStatus());
}

TEST(TokensTest, TokensAreLongAndNeverTheSame) {
  Tokens tokens;
  std::set<std::string> seen;

  for (int i = 0; i < 100; ++i) seen.insert(tokens.Issue("plugin", kNow, kMinute));

  EXPECT_EQ(seen.size(), 100u);
  EXPECT_THAT(*seen.begin(), MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(seen.begin()->size(), 64u);
}

TEST(TokensTest, WhatNobodyShowsIsForgotten) {
  Tokens tokens;
  for (int i = 0; i < 10; ++i) tokens.Issue("plugin", kNow, kMinute);

  tokens.Issue("plugin", kNow + kMinute, kMinute);

  EXPECT_EQ(tokens.size(), 1u);
}

}  // namespace
}  // namespace ipc
