// Bytes as tests write them: hex, with spaces anywhere.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "runtime/base/strings.h"
#include "runtime/codec/entry.h"

namespace ipc {

inline std::string FromHex(std::string_view hex) {
  std::string digits;
  for (char c : hex) {
    if (c != ' ') digits.push_back(c);
  }
  return absl::HexStringToBytes(digits);
}

inline std::string ToHex(std::string_view bytes) { return absl::BytesToHexString(ToAbsl(bytes)); }

inline absl::Span<const uint8_t> AsBytes(std::string_view bytes) {
  return {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
}

// `value` is written as `hex`, and read from it.
template <typename T>
void ExpectWire(const T& value, std::string_view hex) {
  EXPECT_EQ(ToHex(Encode(value)), ToHex(FromHex(hex)));

  absl::StatusOr<T> read = Decode<T>(AsBytes(FromHex(hex)));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

// `hex` is read as `value`, though it would be written otherwise.
template <typename T>
void ExpectReads(std::string_view hex, const T& value) {
  absl::StatusOr<T> read = Decode<T>(AsBytes(FromHex(hex)));

  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, value);
}

template <typename T>
DecodeProblem ProblemOf(std::string_view bytes, const DecodeLimits& limits = {}) {
  T value{};
  DecodeProblem problem;
  TryDecode(AsBytes(bytes), value, problem, limits);
  return problem;
}

// `hex` is no T, for this reason, with this text.
template <typename T>
void ExpectRefused(std::string_view hex, DecodeError error, std::string_view text) {
  const DecodeProblem problem = ProblemOf<T>(FromHex(hex));

  EXPECT_EQ(ToString(problem.error), ToString(error));
  EXPECT_EQ(ToStd(problem.ToStatus().message()), text);
}

}  // namespace ipc
