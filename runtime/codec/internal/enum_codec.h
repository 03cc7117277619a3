// Enums, walked by their table.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/internal/scalar_codec.h"
#include "runtime/codec/tables.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// Of an enum whose numbers all are from 0 to 63, a bit for each.
template <typename E>
constexpr uint64_t SmallNumbers() {
  uint64_t bits = 0;
  for (const EnumValue<E>& row : EnumOf<E>::kValues) {
    const auto number = static_cast<int32_t>(row.value);
    if (number < 0 || number > 63) return 0;
    bits |= uint64_t{1} << number;
  }
  return bits;
}

template <typename E>
constexpr auto SortedNumbers() {
  std::array<int32_t, EnumOf<E>::kValues.size()> numbers{};
  for (size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<int32_t>(EnumOf<E>::kValues[i].value);
  }
  // Compilers count steps, and enums of thousands of values are in order.
  if (!std::is_sorted(numbers.begin(), numbers.end())) std::sort(numbers.begin(), numbers.end());
  return numbers;
}

template <typename E>
bool IsKnown(int64_t number) {
  constexpr uint64_t kSmall = SmallNumbers<E>();
  if constexpr (kSmall != 0) {
    return number >= 0 && number <= 63 && (kSmall >> number & 1) != 0;
  } else {
    static constexpr auto kSorted = SortedNumbers<E>();
    return std::binary_search(kSorted.begin(), kSorted.end(), number);
  }
}

template <typename E>
bool FailUnknownEnum(std::string_view got, DecodeContext& in) {
  constexpr size_t kShown = 64;  // of a name that may be of any length
  return in.Fail(DecodeError::kUnknownEnumValue, absl::StrCat("unknown ", ToAbsl(EnumOf<E>::kName),
                                                              ": ", ToAbsl(got.substr(0, kShown))));
}

// A number that is not in the table: what the author wants it to be, or an error.
template <typename E>
bool FromUnknownNumber(int64_t number, E& value, DecodeContext& in) {
  if constexpr (requires { EnumOf<E>::kDefault; }) {
    value = EnumOf<E>::kDefault;
    return true;
  } else if constexpr (requires { EnumOf<E>::kKeepsUnknown; }) {
    if (number >= std::numeric_limits<int32_t>::min() &&
        number <= std::numeric_limits<int32_t>::max()) {
      value = static_cast<E>(number);
      return true;
    }
  }
  return FailUnknownEnum<E>(std::to_string(number), in);
}

template <typename E>
IPC_ALWAYS_INLINE bool FromNumber(int64_t number, E& value, DecodeContext& in) {
  if (!IsKnown<E>(number)) [[unlikely]]
    return FromUnknownNumber(number, value, in);
  value = static_cast<E>(number);
  return true;
}

template <typename E>
bool FromKnownName(std::string_view name, E& value) {
  for (const EnumValue<E>& row : EnumOf<E>::kValues) {
    if (row.name != name) continue;
    value = row.value;
    return true;
  }
  return false;
}

}  // namespace internal

template <typename T>
size_t EnumCodec<T>::Size(T value) {
  return Codec<int32_t>::Size(static_cast<int32_t>(value));
}

template <typename T>
WireWriter EnumCodec<T>::Write(T value, WireWriter out) {
  return Codec<int32_t>::Write(static_cast<int32_t>(value), out);
}

template <typename T>
bool EnumCodec<T>::Read(WireReader& in, T& value) {
  uint64_t number = 0;
  return in.Varint(number) && internal::FromNumber(static_cast<int64_t>(number), value, in);
}

template <typename T>
std::string_view EnumCodec<T>::Name(T value) {
  for (const EnumValue<T>& row : EnumOf<T>::kValues) {
    if (row.value == value) return row.name;
  }
  return {};
}

template <typename T>
Value EnumCodec<T>::ToValue(T value) {
  const std::string_view name = Name(value);
  return name.empty() ? Value(static_cast<int32_t>(value)) : Value(name);
}

template <typename T>
bool EnumCodec<T>::FromValue(const Value& json, T& value, ValueReader& in) {
  if (json.is_string()) {
    if (internal::FromKnownName(json.string(), value)) return true;
    if constexpr (requires { EnumOf<T>::kDefault; }) {
      value = EnumOf<T>::kDefault;
      return true;
    } else {
      return internal::FailUnknownEnum<T>(json.string(), in);
    }
  }
  if (json.is_int64()) return internal::FromNumber(json.int64(), value, in);
  return in.FailType(EnumOf<T>::kName, json);
}

template <typename T>
bool EnumCodec<T>::FromName(std::string_view name, T& value, ValueReader& in) {
  int32_t number;
  if (internal::FromDecimal(name, number)) return internal::FromNumber(number, value, in);
  return FromValue(Value(name), value, in);
}

}  // namespace ipc
