// Integers that 64 bits do not hold, made readable for a parser that knows no others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ipc::internal {

// The JSON text with ".0" behind each integer below -2^63 or from 2^64 on, which makes it a double;
// null when there is none. The text need not be JSON: what is not stays so.
std::optional<std::string> BigIntegersAsDoubles(std::string_view text);

}  // namespace ipc::internal
