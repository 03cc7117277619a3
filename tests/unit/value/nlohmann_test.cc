// Compiled to nothing where nlohmann's header is not installed.
#if __has_include(<nlohmann/json.hpp>)

#include "runtime/value/nlohmann.h"

#include <string>

#include "gtest/gtest.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

Value OfEveryKind() {
  return Object{{"z", nullptr},
                {"a", Array{true, -1, UINT64_MAX, 1.5, "text"}},
                {"m", Object{{"bytes", Bytes{1, 2, 3}}}}};
}

TEST(NlohmannTest, ValuesPassUnchangedBothWays) {
  EXPECT_EQ(FromNlohmann(ToNlohmann(OfEveryKind())), OfEveryKind());
}

TEST(NlohmannTest, OrderedJsonKeepsTheOrderOfMembers) {
  const auto json = ToNlohmann<nlohmann::ordered_json>(OfEveryKind());

  EXPECT_EQ(ToJson(FromNlohmann(json)), ToJson(OfEveryKind()));
}

TEST(NlohmannTest, WhatWasDiscardedIsNull) {
  const auto discarded = nlohmann::json::parse("not JSON", nullptr, /*allow_exceptions=*/false);

  EXPECT_TRUE(FromNlohmann(discarded).is_null());
}

}  // namespace
}  // namespace ipc

#endif
