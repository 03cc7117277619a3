// any: a Value, on the wire as JSON text that carries its bytes as {"$bytes":"<base64>"}. An empty
// text is null.
#pragma once

#include <cstddef>

#include "runtime/codec/declare.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/value.h"

namespace ipc {

template <>
struct Codec<Value> {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = false;

  static bool IsZero(const Value& value) { return value.is_null(); }
  // Makes the text, which Write() makes again: an any is for what is seldom and small.
  static size_t Size(const Value& value);
  static WireWriter Write(const Value& value, WireWriter out);
  static bool Read(WireReader& in, Value& value);
  static Value ToValue(const Value& value) { return value; }
  static bool FromValue(const Value& json, Value& value, ValueReader& in);
};

}  // namespace ipc
