// Structs, walked by their table.
//
// Encoders write fields in the order of their numbers, so a reader mostly knows which comes next:
// it goes along the fields once, with one comparison each and everything inlined. What comes out of
// order, repeatedly, in another form or is unknown is looked up by its number.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "runtime/codec/declare.h"
#include "runtime/codec/internal/bound_checks.h"
#include "runtime/codec/internal/layout.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/codec/tables.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

template <typename T>
inline constexpr size_t kFieldCount = std::tuple_size_v<decltype(FieldsOf<T>::kFields)>;

// One row of the table, and the layout that it stands for.
template <typename T, size_t I>
struct FieldAt {
  static constexpr const auto& kField = std::get<I>(FieldsOf<T>::kFields);
  using Type = typename std::remove_cvref_t<decltype(kField)>::Type;
  static constexpr uint32_t kNumber = kField.number;
  static constexpr Presence kPresence = kField.presence;
  using Lay = Layout<Type, kNumber, kPresence>;

  static const Type& In(const T& value) { return value.*kField.member; }
  static Type& In(T& value) { return value.*kField.member; }
};

template <typename T>
constexpr auto NumbersAsDeclared() {
  return [&]<size_t... I>(std::index_sequence<I...>) {
    return std::array<uint32_t, sizeof...(I)>{FieldAt<T, I>::kNumber...};
  }(std::make_index_sequence<kFieldCount<T>>());
}

template <typename T>
constexpr auto RowsByNumber() {
  constexpr auto kNumbers = NumbersAsDeclared<T>();
  std::array<size_t, kFieldCount<T>> rows{};
  for (size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::sort(rows.begin(), rows.end(),
            [&](size_t a, size_t b) { return kNumbers[a] < kNumbers[b]; });
  return rows;
}

template <typename T>
inline constexpr auto kRowsByNumber = RowsByNumber<T>();

// The field that is I-th on the wire.
template <typename T, size_t I>
using WireFieldAt = FieldAt<T, kRowsByNumber<T>[I]>;

template <typename T>
class StructWire {
 public:
  static size_t Size(const T& value) { return SizeOfAll(value, kAll); }

  static WireWriter Write(const T& value, WireWriter out) { return WriteAll(value, out, kAll); }

  static bool Read(WireReader& in, T& value) {
    Counts counts{};
    uint32_t tag = 0;
    if (!in.NextTag(tag)) return false;
    return ReadAll(in, tag, value, counts, kAll) && ReadOthers(in, tag, value, counts) &&
           CheckAll(in, value, counts, kAll);
  }

 private:
  static constexpr size_t kCount = kFieldCount<T>;
  static constexpr std::make_index_sequence<kCount> kAll{};

  template <size_t I>
  using At = WireFieldAt<T, I>;

  // How many of the fields before the I-th are counted: where the I-th has its count.
  template <size_t I>
  static constexpr size_t CounterOf() {
    return []<size_t... J>(std::index_sequence<J...>) {
      return (size_t{0} + ... + (At<J>::Lay::kIsCounted ? 1 : 0));
    }(std::make_index_sequence<I>());
  }
  // One more, for those that are not counted and pass something.
  using Counts = std::array<uint32_t, CounterOf<kCount>() + 1>;

  template <size_t... I>
  IPC_ALWAYS_INLINE static size_t SizeOfAll(const T& value, std::index_sequence<I...>) {
    return (size_t{0} + ... + At<I>::Lay::Size(At<I>::In(value)));
  }

  template <size_t... I>
  IPC_ALWAYS_INLINE static WireWriter WriteAll(const T& value, WireWriter out,
                                               std::index_sequence<I...>) {
    ((out = At<kCount - 1 - I>::Lay::Write(At<kCount - 1 - I>::In(value), out)), ...);
    return out;
  }

  template <size_t... I>
  IPC_ALWAYS_INLINE static bool ReadAll(WireReader& in, uint32_t& tag, T& value, Counts& counts,
                                        std::index_sequence<I...>) {
    return (ReadInOrder<I>(in, tag, value, counts) && ...);
  }

  template <size_t I>
  IPC_ALWAYS_INLINE static bool ReadField(WireReader& in, WireType type, T& value, Counts& counts) {
    if (At<I>::Lay::Read(in, type, At<I>::In(value), counts[CounterOf<I>()])) [[likely]] {
      return true;
    }
    in.InField(At<I>::kField.name);
    return false;
  }

  // As many of the I-th field as come.
  template <size_t I>
  IPC_ALWAYS_INLINE static bool ReadInOrder(WireReader& in, uint32_t& tag, T& value,
                                            Counts& counts) {
    constexpr WireType kType = At<I>::Lay::kWireType;
    while (tag == MakeTag(At<I>::kNumber, kType)) {
      if (!ReadField<I>(in, kType, value, counts) || !in.NextTag(tag)) [[unlikely]]
        return false;
    }
    return true;
  }

  using Reader = bool (*)(WireReader& in, WireType type, T& value, Counts& counts);

  static bool ReadOthers(WireReader& in, uint32_t tag, T& value, Counts& counts) {
    while (tag != 0) {
      const Reader reader = Find(tag >> 3);
      const bool ok = reader == nullptr ? in.Skip(tag)
                                        : reader(in, static_cast<WireType>(tag & 7), value, counts);
      if (!ok || !in.NextTag(tag)) return false;
    }
    return true;
  }

  // Null for an unknown number.
  static Reader Find(uint32_t number) {
    static constexpr auto kNumbers = []<size_t... I>(std::index_sequence<I...>) {
      return std::array<uint32_t, kCount>{At<I>::kNumber...};
    }(std::make_index_sequence<kCount>());
    static constexpr auto kReaders = []<size_t... I>(std::index_sequence<I...>) {
      return std::array<Reader, kCount>{&ReadField<I>...};
    }(std::make_index_sequence<kCount>());
    const auto found = std::lower_bound(kNumbers.begin(), kNumbers.end(), number);
    if (found == kNumbers.end() || *found != number) return nullptr;
    return kReaders[static_cast<size_t>(found - kNumbers.begin())];
  }

  template <size_t... I>
  IPC_ALWAYS_INLINE static bool CheckAll(WireReader& in, const T& value, const Counts& counts,
                                         std::index_sequence<I...>) {
    return (CheckField<I>(in, value, counts) && ...);
  }
  template <size_t I>
  static bool CheckField(WireReader& in, const T& value, const Counts& counts) {
    if (At<I>::Lay::Check(counts[CounterOf<I>()], in) &&
        CheckBounds<FieldsOf<T>, kRowsByNumber<T>[I]>(At<I>::In(value), in)) [[likely]]
      return true;
    in.InField(At<I>::kField.name);
    return false;
  }
};

template <typename T, size_t I>
Value FieldToValue(const T& value) {
  using F = FieldAt<T, I>;
  return Codec<typename F::Type>::ToValue(F::In(value));
}

template <typename T, size_t I>
bool FieldFromValue(const Value& json, T& value, ValueReader& in) {
  using F = FieldAt<T, I>;
  return F::Lay::FromValue(json, F::In(value), in) && CheckBounds<FieldsOf<T>, I>(F::In(value), in);
}

// Objects mostly have their members in the order of declaration: that place is looked at first.
inline const Value* FindMember(const Object& object, std::string_view name, size_t guess) {
  if (guess < object.size()) {
    const Object::Member& member = object.begin()[static_cast<ptrdiff_t>(guess)];
    if (member.first == name) return &member.second;
  }
  return object.Find(name);
}

template <typename T, size_t I>
bool FieldFromObject(const Object& object, T& value, ValueReader& in) {
  using F = FieldAt<T, I>;
  const Value* json = FindMember(object, F::kField.name, I);
  if (json == nullptr && F::Lay::kMayBeAbsent) return true;
  if (json != nullptr ? FieldFromValue<T, I>(*json, value, in)
                      : in.Fail(DecodeError::kMissingField, "missing")) {
    return true;
  }
  in.InField(F::kField.name);
  return false;
}

}  // namespace internal

template <typename T>
size_t StructCodec<T>::Size(const T& value) {
  return internal::StructWire<T>::Size(value);
}

template <typename T>
WireWriter StructCodec<T>::Write(const T& value, WireWriter out) {
  return internal::StructWire<T>::Write(value, out);
}

template <typename T>
bool StructCodec<T>::Read(WireReader& in, T& value) {
  return internal::StructWire<T>::Read(in, value);
}

template <typename T>
Value StructCodec<T>::ToValue(const T& value) {
  Object object;
  [&]<size_t... I>(std::index_sequence<I...>) {
    (object.Append(std::string(internal::FieldAt<T, I>::kField.name),
                   internal::FieldToValue<T, I>(value)),
     ...);
  }(std::make_index_sequence<internal::kFieldCount<T>>());
  return object;
}

template <typename T>
bool StructCodec<T>::FromValue(const Value& json, T& value, ValueReader& in) {
  if (!json.is_object()) return in.FailType("object", json);
  return [&]<size_t... I>(std::index_sequence<I...>) {
    return (internal::FieldFromObject<T, I>(json.object(), value, in) && ...);
  }(std::make_index_sequence<internal::kFieldCount<T>>());
}

}  // namespace ipc
