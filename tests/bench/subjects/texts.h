// What the typed small calls of all subjects carry: a number and a text, 64 bytes on the wire.
#pragma once

#include <cstdint>
#include <string>

namespace bench {

inline constexpr uint64_t kNumber = 42;

// Two bytes for the number, two before the text.
inline std::string SmallText() { return std::string(60, 'x'); }

}  // namespace bench
