#include "runtime/value/internal/big_integers.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace ipc::internal {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsOfNumber(char c) {
  return IsDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

// The end of the string that begins at text[begin], a quote.
size_t EndOfString(std::string_view text, size_t begin) {
  for (size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

template <typename Integer>
bool Fits(std::string_view number) {
  Integer integer;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), integer);
  return result.ec == std::errc();
}

bool IsBigInteger(std::string_view number) {
  const std::string_view digits = number.substr(number.starts_with('-') ? 1 : 0);
  const bool is_integer = !digits.empty() && std::all_of(digits.begin(), digits.end(), IsDigit);
  return is_integer && !Fits<int64_t>(number) && !Fits<uint64_t>(number);
}

}  // namespace

std::optional<std::string> BigIntegersAsDoubles(std::string_view text) {
  std::string rewritten;
  bool found = false;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + 1;
    if (text[begin] == '"') {
      end = EndOfString(text, begin);
    } else if (IsOfNumber(text[begin])) {
      while (end < text.size() && IsOfNumber(text[end])) ++end;
    }
    const std::string_view token = text.substr(begin, end - begin);
    rewritten += token;
    if (IsBigInteger(token)) {
      rewritten += ".0";
      found = true;
    }
    begin = end;
  }
  if (!found) return std::nullopt;
  return rewritten;
}

}  // namespace ipc::internal
