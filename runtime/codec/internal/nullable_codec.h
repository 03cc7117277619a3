// T?: a std::optional, or where the type contains itself a Box.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "runtime/codec/box.h"
#include "runtime/codec/internal/layout.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// Null is not written. `Holder` is an optional or a Box of T.
template <typename Holder, typename T, uint32_t kNumber>
struct NullableLayout {
  static constexpr WireType kWireType = Codec<T>::kWireType;
  static constexpr bool kIsCounted = false;
  static constexpr bool kMayBeAbsent = true;

  IPC_ALWAYS_INLINE static size_t Size(const Holder& value) {
    return value ? TagSize(kNumber) + SlotSize<T>(*value) : 0;
  }
  IPC_ALWAYS_INLINE static WireWriter Write(const Holder& value, WireWriter out) {
    return value ? WriteSlot<kNumber, T>(*value, out) : out;
  }
  IPC_ALWAYS_INLINE static bool Read(WireReader& in, WireType type, Holder& value, uint32_t&) {
    if (type != kWireType) [[unlikely]]
      return in.FailWireType(kWireType, type);
    return ReadSlot<T>(in, value.emplace());
  }
  static bool Check(uint32_t, DecodeContext&) { return true; }

  static bool FromValue(const Value& json, Holder& value, ValueReader& in) {
    value.reset();
    return json.is_null() || SlotFromValue<T>(json, value.emplace(), in);
  }
};

template <typename T, uint32_t kNumber, Presence kPresence>
struct Layout<std::optional<T>, kNumber, kPresence> : NullableLayout<std::optional<T>, T, kNumber> {
};

// What a Box holds is new memory, so its own codec, which charges for it, does the rest.
template <typename T, uint32_t kNumber>
struct Layout<Box<T>, kNumber, Presence::kImplicit> {
  using Whole = Layout<Box<T>, kNumber, Presence::kExplicit>;
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsCounted = false;
  static constexpr bool kMayBeAbsent = true;

  static size_t Size(const Box<T>& value) { return value ? Whole::Size(value) : 0; }
  static WireWriter Write(const Box<T>& value, WireWriter out) {
    return value ? Whole::Write(value, out) : out;
  }
  static bool Read(WireReader& in, WireType type, Box<T>& value, uint32_t& count) {
    return Whole::Read(in, type, value, count);
  }
  static bool Check(uint32_t, DecodeContext&) { return true; }

  static bool FromValue(const Value& json, Box<T>& value, ValueReader& in) {
    value.reset();
    return json.is_null() || Whole::FromValue(json, value, in);
  }
};

}  // namespace internal

template <typename T>
struct Codec<std::optional<T>> : internal::WrapperCodec<std::optional<T>> {
  static Value ToValue(const std::optional<T>& value) {
    return value ? Codec<T>::ToValue(*value) : Value();
  }
  static bool FromValue(const Value& json, std::optional<T>& value, ValueReader& in) {
    return internal::Layout<std::optional<T>, 1, Presence::kImplicit>::FromValue(json, value, in);
  }
};

// A Box that must not be null: as the T in it.
template <typename T>
struct Codec<Box<T>> {
  static constexpr WireType kWireType = Codec<T>::kWireType;
  static constexpr bool kIsMessage = Codec<T>::kIsMessage;

  static size_t Size(const Box<T>& value) { return value ? Codec<T>::Size(*value) : 0; }
  static WireWriter Write(const Box<T>& value, WireWriter out) {
    return value ? Codec<T>::Write(*value, out) : out;
  }
  static bool Read(WireReader& in, Box<T>& value) {
    return in.Charge(sizeof(T)) && Codec<T>::Read(in, value.emplace());
  }
  static Value ToValue(const Box<T>& value) { return value ? Codec<T>::ToValue(*value) : Value(); }
  static bool FromValue(const Value& json, Box<T>& value, ValueReader& in) {
    return in.Charge(sizeof(T)) && Codec<T>::FromValue(json, value.emplace(), in);
  }
};

}  // namespace ipc
