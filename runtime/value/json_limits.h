// What the reader and the wire's writer hold JSON text to: what one writes the other reads.
#pragma once

#include <cstddef>

namespace ipc {

struct JsonLimits {
  size_t max_bytes = 16 << 20;   // of text
  size_t max_depth = 64;         // arrays and objects around one value; never more than 512
  size_t max_nodes = 1'000'000;  // values of any kind
};

}  // namespace ipc
