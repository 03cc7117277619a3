// JSON text to Value. Strict RFC 8259: UTF-8, the whole input, no duplicate keys, no lone
// surrogates; bounded in size, depth and nodes, since the text may come from a hostile peer.
#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"
#include "runtime/value/value.h"

namespace ipc {

struct JsonLimits {
  size_t max_bytes = 16 << 20;
  size_t max_depth = 64;  // arrays and objects around one value
  size_t max_nodes = 1'000'000;
};

// Errors: INVALID_ARGUMENT with the reason and the byte offset or path where one is known;
// OUT_OF_RANGE for a limit, naming it.
absl::StatusOr<Value> ReadJson(std::string_view text, const JsonLimits& limits = {});

}  // namespace ipc
