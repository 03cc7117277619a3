// A value in a place that takes exactly one: an element of an array, a member of a union, a field
// that is no array. Of wire type kLength it has its length in front.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/codec/declare.h"
#include "runtime/codec/value_reader.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"

namespace ipc::internal {

template <typename T>
inline constexpr bool kHasLength = Codec<T>::kWireType == WireType::kLength;

template <typename T>
IPC_ALWAYS_INLINE size_t SlotSize(const T& value) {
  const size_t size = Codec<T>::Size(value);
  if constexpr (kHasLength<T>) return VarintSize(size) + size;
  return size;
}

// With its tag.
template <uint32_t kNumber, typename T>
IPC_ALWAYS_INLINE WireWriter WriteSlot(const T& value, WireWriter out) {
  const size_t end = out.remaining();
  out = Codec<T>::Write(value, out);
  if constexpr (kHasLength<T>) {
    out.Length(kNumber, end);
  } else {
    out.Tag(kNumber, Codec<T>::kWireType);
  }
  return out;
}

// What follows the tag.
template <typename T>
IPC_ALWAYS_INLINE bool ReadSlot(WireReader& in, T& value) {
  WireReader::Outer outer = nullptr;
  if constexpr (Codec<T>::kIsMessage) {
    if (!in.OpenMessage(outer) || !Codec<T>::Read(in, value)) [[unlikely]]
      return false;
    in.CloseMessage(outer);
    return true;
  } else if constexpr (kHasLength<T>) {
    if (!in.Open(outer) || !Codec<T>::Read(in, value)) [[unlikely]]
      return false;
    in.Close(outer);
    return true;
  } else {
    return Codec<T>::Read(in, value);
  }
}

// A map's entry need not have its key or its value: then it is the type's zero, if it has one.
template <typename T>
bool ReadAbsent(WireReader& in, T& value) {
  return in.InAbsent([&] { return Codec<T>::Read(in, value); }, Codec<T>::kWireType);
}

// Levels are counted as they are on the wire, so that what JSON may say the wire can carry.
template <typename T>
bool SlotFromValue(const Value& json, T& value, ValueReader& in) {
  if constexpr (Codec<T>::kIsMessage) {
    if (!in.Enter()) return false;
    const bool ok = Codec<T>::FromValue(json, value, in);
    in.Leave();
    return ok;
  } else {
    return Codec<T>::FromValue(json, value, in);
  }
}

// Calls `on_field(number, type, tag)` for each field of the message that `in` is narrowed to.
template <typename F>
IPC_ALWAYS_INLINE bool ReadFields(WireReader& in, F on_field) {
  while (!in.at_end()) {
    uint32_t tag = 0;
    if (!in.NextTag(tag)) return false;
    if (!on_field(tag >> 3, static_cast<WireType>(tag & 7), tag)) return false;
  }
  return true;
}

}  // namespace ipc::internal
