// string, array<uint8> and array<uint8, N>: what lies on the wire as it lies in memory.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/utf8.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/base64.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

inline std::string_view AsText(const uint8_t* bytes, size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

// Bytes, or base64 text.
inline bool BytesFromValue(const Value& json, Bytes& value, ValueReader& in) {
  if (json.is_bytes()) {
    if (!in.Charge(json.bytes().size())) return false;
    value = json.bytes();
    return true;
  }
  if (!json.is_string()) return in.FailType("bytes", json);
  if (!in.Charge(json.string().size())) return false;
  std::optional<Bytes> bytes = FromBase64(json.string());
  if (!bytes)
    return in.Fail(DecodeError::kWrongType, "expected bytes, got text that is not base64");
  value = *std::move(bytes);
  return true;
}

}  // namespace internal

template <>
struct Codec<std::string> {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = false;

  static bool IsZero(const std::string& value) { return value.empty(); }
  static size_t Size(const std::string& value) { return value.size(); }
  IPC_ALWAYS_INLINE static WireWriter Write(const std::string& value, WireWriter out) {
    out.Own(value);
    return out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, std::string& value) {
    const std::string_view text = in.Rest();
    if (text.empty()) [[unlikely]]
      return in.ReadRun(value);
    if (!IsUtf8(text)) [[unlikely]]
      return in.Fail(DecodeError::kBadUtf8, "not UTF-8");
    if (!in.Charge(text.size())) return false;
    value = std::string(text);  // it is empty as a rule, and assign() dearer then
    return true;
  }

  static Value ToValue(const std::string& value) { return value; }
  static bool FromValue(const Value& json, std::string& value, ValueReader& in) {
    if (!json.is_string()) return in.FailType("string", json);
    if (!IsUtf8(json.string())) return in.Fail(DecodeError::kBadUtf8, "not UTF-8");
    if (!in.Charge(json.string().size())) return false;
    value = json.string();
    return true;
  }
};

template <>
struct Codec<Bytes> {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = false;

  static bool IsZero(const Bytes& value) { return value.empty(); }
  static size_t Size(const Bytes& value) { return value.size(); }
  IPC_ALWAYS_INLINE static WireWriter Write(const Bytes& value, WireWriter out) {
    out.Own(internal::AsText(value.data(), value.size()));
    return out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, Bytes& value) {
    const std::string_view bytes = in.Rest();
    if (bytes.empty()) [[unlikely]]
      return in.ReadRun(value);
    if (!in.Charge(bytes.size())) return false;
    // From pointers to bytes, not to char: these are copied whole, those one by one.
    const auto* const first = reinterpret_cast<const uint8_t*>(bytes.data());
    value.assign(first, first + bytes.size());
    return true;
  }

  static Value ToValue(const Bytes& value) { return value; }
  static bool FromValue(const Value& json, Bytes& value, ValueReader& in) {
    return internal::BytesFromValue(json, value, in);
  }
};

template <size_t N>
struct Codec<std::array<uint8_t, N>> {
  using Array = std::array<uint8_t, N>;
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = false;

  static bool IsZero(const Array&) { return N == 0; }
  static size_t Size(const Array&) { return N; }
  static WireWriter Write(const Array& value, WireWriter out) {
    out.Raw(internal::AsText(value.data(), N));
    return out;
  }
  static bool Read(WireReader& in, Array& value) {
    const std::string_view bytes = in.Rest();
    if (bytes.size() != N) return FailCount(bytes.size(), in);
    std::copy(bytes.begin(), bytes.end(), value.begin());
    return true;
  }

  static Value ToValue(const Array& value) { return Bytes(value.begin(), value.end()); }
  static bool FromValue(const Value& json, Array& value, ValueReader& in) {
    Bytes bytes;
    if (!internal::BytesFromValue(json, bytes, in)) return false;
    if (bytes.size() != N) return FailCount(bytes.size(), in);
    std::copy(bytes.begin(), bytes.end(), value.begin());
    return true;
  }

 private:
  static bool FailCount(size_t count, DecodeContext& in) {
    return in.Fail(DecodeError::kWrongCount, absl::StrCat("expected ", N, " bytes, got ", count));
  }
};

}  // namespace ipc
