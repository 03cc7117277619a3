// Bytes as text: base64 of RFC 4648, section 4, with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/value.h"

namespace ipc {

std::string ToBase64(const Bytes& bytes);

// Null for what ToBase64() would not have written: white space, missing padding, stray bits.
std::optional<Bytes> FromBase64(std::string_view text);

}  // namespace ipc
