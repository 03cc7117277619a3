// Whether text is UTF-8: fast for ASCII, exact for the rest (no surrogates, nothing overlong).
//
// Threads     Any.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "runtime/codec/wire_format.h"

namespace ipc {

namespace internal {
bool IsUtf8BeyondAscii(std::string_view text);
}

// As RFC 3629 has it: no surrogates, nothing longer than necessary, nothing above U+10FFFF.
IPC_ALWAYS_INLINE bool IsUtf8(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  const char* at = text.data();
  const char* const end = at + text.size();
  uint64_t seen = 0;
  for (; end - at >= 8; at += 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    seen |= word;
  }
  for (; at != end; ++at) seen |= static_cast<uint8_t>(*at);
  return (seen & kHighBits) == 0 || internal::IsUtf8BeyondAscii(text);
}

}  // namespace ipc
