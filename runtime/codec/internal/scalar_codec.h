// bool, the integers, float and double.
#pragma once

#include <bit>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

#include "runtime/codec/declare.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/value.h"

namespace ipc {

template <typename T>
concept ScalarInteger =
    std::same_as<T, int8_t> || std::same_as<T, int16_t> || std::same_as<T, int32_t> ||
    std::same_as<T, int64_t> || std::same_as<T, uint8_t> || std::same_as<T, uint16_t> ||
    std::same_as<T, uint32_t> || std::same_as<T, uint64_t>;

template <typename T>
concept ScalarReal = std::same_as<T, float> || std::same_as<T, double>;

namespace internal {

// "int8", as in .ipc.
template <ScalarInteger T>
constexpr std::string_view IntegerName() {
  constexpr bool kSigned = std::is_signed_v<T>;
  if constexpr (sizeof(T) == 1) return kSigned ? "int8" : "uint8";
  if constexpr (sizeof(T) == 2) return kSigned ? "int16" : "uint16";
  if constexpr (sizeof(T) == 4) return kSigned ? "int32" : "uint32";
  return kSigned ? "int64" : "uint64";
}

// All of `text` as a decimal number.
template <ScalarInteger T>
bool FromDecimal(std::string_view text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && at == end;
}

}  // namespace internal

template <>
struct Codec<bool> {
  static constexpr WireType kWireType = WireType::kVarint;
  static constexpr bool kIsMessage = false;

  static bool IsZero(bool value) { return !value; }
  static size_t Size(bool) { return 1; }
  IPC_ALWAYS_INLINE static WireWriter Write(bool value, WireWriter out) {
    out.Varint(value ? 1 : 0);
    return out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, bool& value) {
    uint64_t varint = 0;
    if (!in.Varint(varint)) return false;
    value = varint != 0;
    return true;
  }
  static Value ToValue(bool value) { return value; }
  static bool FromValue(const Value& json, bool& value, ValueReader& in) {
    value = json.boolean();
    return json.is_bool() || in.FailType("bool", json);
  }
};

// A varint of the number as 64 bits: a negative one takes ten bytes, as in protobuf.
template <ScalarInteger T>
struct Codec<T> {
  static constexpr WireType kWireType = WireType::kVarint;
  static constexpr bool kIsMessage = false;
  using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;

  static bool IsZero(T value) { return value == 0; }
  IPC_ALWAYS_INLINE static size_t Size(T value) { return VarintSize(ToVarint(value)); }
  IPC_ALWAYS_INLINE static WireWriter Write(T value, WireWriter out) {
    out.Varint(ToVarint(value));
    return out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, T& value) {
    uint64_t varint = 0;
    if (!in.Varint(varint)) return false;
    const Wide wide = static_cast<Wide>(varint);
    value = static_cast<T>(wide);
    return value == wide || FailRange(wide, in);
  }

  static Value ToValue(T value) { return Value(static_cast<Wide>(value)); }
  static bool FromValue(const Value& json, T& value, ValueReader& in) {
    constexpr std::string_view kName = internal::IntegerName<T>();
    if (sizeof(T) == 8 && json.is_string()) {
      return internal::FromDecimal(json.string(), value) || in.FailType(kName, json);
    }
    if (!json.is_number()) return in.FailType(kName, json);
    const std::optional<Wide> wide = Exactly(json);
    if (!wide || *wide < std::numeric_limits<T>::min() || *wide > std::numeric_limits<T>::max()) {
      return in.FailRange(kName, json);
    }
    value = static_cast<T>(*wide);
    return true;
  }

 private:
  IPC_ALWAYS_INLINE static uint64_t ToVarint(T value) {
    return static_cast<uint64_t>(static_cast<Wide>(value));
  }
  static bool FailRange(Wide wide, WireReader& in) {
    return in.Fail(DecodeError::kOutOfRange, "expected " + std::string(internal::IntegerName<T>()) +
                                                 ", got " + std::to_string(wide));
  }
  static std::optional<Wide> Exactly(const Value& json) {
    if constexpr (std::is_signed_v<T>) {
      if (json.is_int64()) return json.int64();
    } else {
      if (json.is_uint64()) return json.uint64();
    }
    return std::nullopt;
  }
};

template <ScalarReal T>
struct Codec<T> {
  static constexpr bool kIsFloat = std::same_as<T, float>;
  static constexpr WireType kWireType = kIsFloat ? WireType::kFixed32 : WireType::kFixed64;
  static constexpr bool kIsMessage = false;
  static constexpr std::string_view kName = kIsFloat ? "float" : "double";
  using Bits = std::conditional_t<kIsFloat, uint32_t, uint64_t>;

  // -0 is not zero: it would come back as 0.
  static bool IsZero(T value) { return std::bit_cast<Bits>(value) == 0; }
  static size_t Size(T) { return sizeof(T); }
  IPC_ALWAYS_INLINE static WireWriter Write(T value, WireWriter out) {
    if constexpr (kIsFloat) {
      out.Fixed32(std::bit_cast<Bits>(value));
    } else {
      out.Fixed64(std::bit_cast<Bits>(value));
    }
    return out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, T& value) {
    Bits bits = 0;
    if constexpr (kIsFloat) {
      if (!in.Fixed32(bits)) return false;
    } else {
      if (!in.Fixed64(bits)) return false;
    }
    value = std::bit_cast<T>(bits);
    return true;
  }

  // JSON has no numbers for NaN and infinities: they are strings.
  static Value ToValue(T value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
    return static_cast<double>(value);
  }
  static bool FromValue(const Value& json, T& value, ValueReader& in) {
    constexpr T kInfinity = std::numeric_limits<T>::infinity();
    if (json.is_number()) {
      const double number = json.number();
      value = static_cast<T>(number);
      return std::isinf(value) == std::isinf(number) || in.FailRange(kName, json);
    }
    if (json.string() == "NaN") {
      value = std::numeric_limits<T>::quiet_NaN();
    } else if (json.string() == "Infinity") {
      value = kInfinity;
    } else if (json.string() == "-Infinity") {
      value = -kInfinity;
    } else {
      return in.FailType(kName, json);
    }
    return true;
  }
};

}  // namespace ipc
