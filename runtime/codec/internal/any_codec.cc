#include "runtime/codec/internal/any_codec.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

// Small numbers, `0,0,0`, take twenty times their text, and are not refused for it: an any is
// charged at most what a byte of the wire is granted, and a node has at least two bytes.
constexpr size_t kChargedForByte = 16;
constexpr size_t kChargedForNode = 2 * kChargedForByte;

// What the Values inside of `value` take. Its depth is bounded where it was read.
size_t MemoryOf(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kString:
      return value.string().size();
    case Value::Kind::kBytes:
      return value.bytes().size();
    case Value::Kind::kArray: {
      size_t size = value.array().size() * sizeof(Value);
      for (const Value& element : value.array()) size += MemoryOf(element);
      return size;
    }
    case Value::Kind::kObject: {
      size_t size = value.object().size() * sizeof(Object::Member);
      for (const auto& [name, member] : value.object()) size += name.size() + MemoryOf(member);
      return size;
    }
    default:
      return 0;
  }
}

}  // namespace

size_t Codec<Value>::Size(const Value& value) { return ToJson(value).size(); }

WireWriter Codec<Value>::Write(const Value& value, WireWriter out) {
  out.Raw(ToJson(value));
  return out;
}

bool Codec<Value>::Read(WireReader& in, Value& value) {
  const std::string_view text = in.Rest();
  if (text.empty()) {
    value = Value();
    return true;
  }
  // Nodes take memory before they can be charged for: their number is bounded first.
  JsonLimits limits;
  limits.max_nodes = std::min(limits.max_nodes, in.bytes_left() / kChargedForNode + 1);
  absl::StatusOr<Value> json = ReadJson(text, limits);
  if (!json.ok()) {
    const bool too_large = json.status().code() == absl::StatusCode::kOutOfRange;
    return in.Fail(too_large ? DecodeError::kTooLarge : DecodeError::kBadJson,
                   std::string(json.status().message()));
  }
  value = *std::move(json);
  return in.Charge(std::min(MemoryOf(value), text.size() * kChargedForByte));
}

bool Codec<Value>::FromValue(const Value& json, Value& value, ValueReader& in) {
  if (!in.Charge(MemoryOf(json))) return false;
  value = json;
  return true;
}

}  // namespace ipc
