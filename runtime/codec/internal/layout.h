// How a T lies in a message as the field of some number. The field of most types is one slot; this
// is theirs. Arrays, maps, nullable types and boxes have their own, in the files beside this one.
//
//   kWireType       of the tag that encoders write
//   kIsCounted      whether Check() needs to know how often Read() was called, or how many elements
//                   came; Read() counts
//   Size, Write     nothing at all for what is not there
//   Read            one occurrence of the field, whose tag was read
//   Check           what can be said only when the message is over
//   kMayBeAbsent    whether an object in JSON may go without it
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/codec/decode_context.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/codec/tables.h"

namespace ipc::internal {

template <typename T, uint32_t kNumber, Presence kPresence>
struct Layout {
  static_assert(!Codec<T>::kIsMessage || kPresence != Presence::kImplicit,
                "a struct or union must be there: say Presence::kRequired");

  static constexpr WireType kWireType = Codec<T>::kWireType;
  static constexpr bool kIsCounted = kPresence == Presence::kRequired || Codec<T>::kIsMessage;
  static constexpr bool kMayBeAbsent = kPresence == Presence::kExplicit;

  IPC_ALWAYS_INLINE static size_t Size(const T& value) {
    if constexpr (kPresence == Presence::kImplicit) {
      if (Codec<T>::IsZero(value)) return 0;
    }
    return TagSize(kNumber) + SlotSize(value);
  }

  IPC_ALWAYS_INLINE static WireWriter Write(const T& value, WireWriter out) {
    if constexpr (kPresence == Presence::kImplicit) {
      if (Codec<T>::IsZero(value)) return out;
    }
    return WriteSlot<kNumber>(value, out);
  }

  IPC_ALWAYS_INLINE static bool Read(WireReader& in, WireType type, T& value, uint32_t& count) {
    if (type != kWireType) [[unlikely]]
      return in.FailWireType(kWireType, type);
    if constexpr (kIsCounted) {
      // Of a message sent twice the last counts, all of it: nothing is left of the first.
      if (count++ != 0) [[unlikely]]
        value = T{};
    }
    return ReadSlot(in, value);
  }

  static bool Check(uint32_t count, DecodeContext& in) {
    if constexpr (kPresence == Presence::kRequired) {
      if (count == 0) [[unlikely]]
        return in.Fail(DecodeError::kMissingField, "missing");
    }
    return true;
  }

  static bool FromValue(const Value& json, T& value, ValueReader& in) {
    return SlotFromValue(json, value, in);
  }
};

// The wire side of Codec<T> for what is no slot by itself: a message whose field 1 is the T.
template <typename T>
struct WrapperCodec {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = true;
  using Field = Layout<T, 1, Presence::kImplicit>;

  static size_t Size(const T& value) { return Field::Size(value); }
  static WireWriter Write(const T& value, WireWriter out) { return Field::Write(value, out); }
  static bool Read(WireReader& in, T& value) {
    uint32_t count = 0;
    const bool ok = ReadFields(in, [&](uint32_t number, WireType type, uint32_t tag) {
      return number == 1 ? Field::Read(in, type, value, count) : in.Skip(tag);
    });
    return ok && Field::Check(count, in);
  }
};

}  // namespace ipc::internal
