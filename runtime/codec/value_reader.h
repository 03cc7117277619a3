// Keeps the books while a typed message is made from JSON: the problem and its path, and the
// limits. The Value itself is passed from function to function.
//
// Threads     One.
// Errors      See DecodeContext.
#pragma once

#include <string_view>

#include "runtime/codec/decode_context.h"
#include "runtime/value/value.h"

namespace ipc {

class ValueReader : public DecodeContext {
 public:
  // Of the limits, bytes_per_wire_byte and bytes_always do not matter: JSON text is limited in
  // nodes already when it becomes a Value.
  explicit ValueReader(const DecodeLimits& limits = {});

  // "expected string, got number"; `expected` is the type's name in .ipc.
  bool FailType(std::string_view expected, const Value& got);
  // "expected uint8, got 300", for a value of the right kind.
  bool FailRange(std::string_view expected, const Value& got);
};

}  // namespace ipc
