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
inline constexpr size_t kFieldCount = decltype(FieldsOf<T>::kFields)::kCount;

// One row of the table, and the layout that it stands for.
template <typename T, size_t I>
struct FieldAt {
  static constexpr const auto& kField = RowOf<I>(FieldsOf<T>::kFields);
  using Type = typename std::remove_cvref_t<decltype(kField)>::Type;
  static constexpr uint32_t kNumber = kField.number;
  static constexpr Presence kPresence = kField.presence;
  static constexpr bool kBeginsNull = kPresence == Presence::kNull;
  using Lay = Layout<Type, kNumber, kBeginsNull ? Presence::kImplicit : kPresence>;

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

// Where each field, in the order of the wire, has its count, and at the end how many are counted.
template <typename T>
constexpr auto Counters() {
  return []<size_t... I>(std::index_sequence<I...>) {
    const std::array<bool, sizeof...(I)> counted{WireFieldAt<T, I>::Lay::kIsCounted...};
    std::array<size_t, sizeof...(I) + 1> counters{};
    for (size_t i = 0; i < counted.size(); ++i)
      counters[i + 1] = counters[i] + (counted[i] ? 1 : 0);
    return counters;
  }(std::make_index_sequence<kFieldCount<T>>());
}

template <typename T>
inline constexpr auto kCounters = Counters<T>();

// Structs are handled in blocks of so many fields: as one piece of code each, but not more than
// compilers can do with.
inline constexpr size_t kBlock = 32;

// Of a struct with more fields than this, none is expected next: each is looked up. What is
// inlined for each field would be half a megabyte of code for a few hundred.
inline constexpr size_t kMostInOrder = 2 * kBlock;

template <size_t kCount, size_t kFrom>
inline constexpr std::make_index_sequence<std::min(kBlock, kCount - kFrom)> kBlockFrom{};

// Calls `f.template operator()<I>()` for I from 0 on until one answers false.
template <size_t kCount, size_t kFrom = 0, typename F>
bool ForAll(F&& f) {
  const bool ok = [&]<size_t... I>(std::index_sequence<I...>) {
    return (f.template operator()<kFrom + I>() && ...);
  }(kBlockFrom<kCount, kFrom>);
  if constexpr (kFrom + kBlock < kCount) {
    return ok && ForAll<kCount, kFrom + kBlock>(f);
  } else {
    return ok;
  }
}

// Takes a default away that is for who makes a struct, not for who reads one. Always true.
template <typename F, typename T>
bool BeginNull(T& value) {
  if constexpr (F::kBeginsNull) F::In(value).reset();
  return true;
}

template <typename T>
class StructWire {
 public:
  static size_t Size(const T& value) { return SizeFrom<0>(value, kBlockFrom<kCount, 0>); }

  static WireWriter Write(const T& value, WireWriter out) {
    return WriteFrom<0>(value, out, kBlockFrom<kCount, 0>);
  }

  static bool Read(WireReader& in, T& value) {
    Counts counts{};
    uint32_t tag = 0;
    ForAll<kCount>([&]<size_t I>() { return BeginNull<At<I>>(value); });
    if (!in.NextTag(tag)) return false;
    if constexpr (kCount <= kMostInOrder) {
      if (!ReadFrom<0>(in, tag, value, counts, kBlockFrom<kCount, 0>)) return false;
    }
    return ReadOthers(in, tag, value, counts) &&
           CheckFrom<0>(in, value, counts, kBlockFrom<kCount, 0>);
  }

 private:
  static constexpr size_t kCount = kFieldCount<T>;

  template <size_t I>
  using At = WireFieldAt<T, I>;

  // One more than fields are counted, for those that are not and pass something.
  using Counts = std::array<uint32_t, kCounters<T>[kCount] + 1>;

  // A block, and those after it. The first is part of its caller; no other need be.
  template <size_t kFrom, size_t... I>
  IPC_ALWAYS_INLINE static size_t SizeFrom(const T& value, std::index_sequence<I...>) {
    const size_t size = (size_t{0} + ... + At<kFrom + I>::Lay::Size(At<kFrom + I>::In(value)));
    if constexpr (kFrom + kBlock < kCount) return size + SizeOfRest<kFrom + kBlock>(value);
    return size;
  }
  template <size_t kFrom>
  static size_t SizeOfRest(const T& value) {
    return SizeFrom<kFrom>(value, kBlockFrom<kCount, kFrom>);
  }

  // Back to front.
  template <size_t kFrom, size_t... I>
  IPC_ALWAYS_INLINE static WireWriter WriteFrom(const T& value, WireWriter out,
                                                std::index_sequence<I...>) {
    constexpr size_t kLast = kCount - 1 - kFrom;
    ((out = At<kLast - I>::Lay::Write(At<kLast - I>::In(value), out)), ...);
    if constexpr (kFrom + kBlock < kCount) return WriteRest<kFrom + kBlock>(value, out);
    return out;
  }
  template <size_t kFrom>
  static WireWriter WriteRest(const T& value, WireWriter out) {
    return WriteFrom<kFrom>(value, out, kBlockFrom<kCount, kFrom>);
  }

  template <size_t kFrom, size_t... I>
  IPC_ALWAYS_INLINE static bool ReadFrom(WireReader& in, uint32_t& tag, T& value, Counts& counts,
                                         std::index_sequence<I...>) {
    const bool ok = (ReadInOrder<kFrom + I>(in, tag, value, counts) && ...);
    if constexpr (kFrom + kBlock < kCount) {
      return ok &&
             ReadFrom<kFrom + kBlock>(in, tag, value, counts, kBlockFrom<kCount, kFrom + kBlock>);
    }
    return ok;
  }

  template <size_t I>
  IPC_ALWAYS_INLINE static bool ReadField(WireReader& in, WireType type, T& value, Counts& counts) {
    if (At<I>::Lay::Read(in, type, At<I>::In(value), counts[kCounters<T>[I]])) [[likely]] {
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

  template <size_t kFrom, size_t... I>
  IPC_ALWAYS_INLINE static bool CheckFrom(WireReader& in, const T& value, const Counts& counts,
                                          std::index_sequence<I...>) {
    const bool ok = (CheckField<kFrom + I>(in, value, counts) && ...);
    if constexpr (kFrom + kBlock < kCount) {
      return ok && CheckRest<kFrom + kBlock>(in, value, counts);
    }
    return ok;
  }
  template <size_t kFrom>
  static bool CheckRest(WireReader& in, const T& value, const Counts& counts) {
    return CheckFrom<kFrom>(in, value, counts, kBlockFrom<kCount, kFrom>);
  }
  template <size_t I>
  static bool CheckField(WireReader& in, const T& value, const Counts& counts) {
    if (At<I>::Lay::Check(counts[kCounters<T>[I]], in) &&
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
  if (json == nullptr && F::Lay::kMayBeAbsent) return BeginNull<F>(value);
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
  internal::ForAll<internal::kFieldCount<T>>([&]<size_t I>() {
    object.Append(std::string(internal::FieldAt<T, I>::kField.name),
                  internal::FieldToValue<T, I>(value));
    return true;
  });
  return object;
}

template <typename T>
bool StructCodec<T>::FromValue(const Value& json, T& value, ValueReader& in) {
  if (!json.is_object()) return in.FailType("object", json);
  return internal::ForAll<internal::kFieldCount<T>>(
      [&]<size_t I>() { return internal::FieldFromObject<T, I>(json.object(), value, in); });
}

}  // namespace ipc
