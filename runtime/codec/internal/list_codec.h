// array<T> and array<T, N>: repeated fields, packed where an element is a number. Both forms are
// read, in any mixture.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/internal/layout.h"
#include "runtime/codec/internal/scalar_codec.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// What std::vector and std::array share; `List` is one of them, of T.
template <typename List, typename T, uint32_t kNumber>
struct ListLayout {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsPacked = !kHasLength<T>;
  static constexpr bool kMayBeAbsent = false;

  IPC_ALWAYS_INLINE static size_t Size(const List& list) {
    if constexpr (kIsPacked) {
      if (list.empty()) return 0;
      const size_t size = PackedSize(list);
      return TagSize(kNumber) + VarintSize(size) + size;
    } else {
      size_t size = list.size() * TagSize(kNumber);
      for (const T& element : list) size += SlotSize<T>(element);
      return size;
    }
  }

  IPC_ALWAYS_INLINE static WireWriter Write(const List& list, WireWriter out) {
    if constexpr (kIsPacked) {
      if (list.empty()) return out;
      const size_t end = out.remaining();
      for (size_t i = list.size(); i-- > 0;) out = Codec<T>::Write(list[i], out);
      out.Length(kNumber, end);
    } else {
      for (size_t i = list.size(); i-- > 0;) out = WriteSlot<kNumber, T>(list[i], out);
    }
    return out;
  }

 private:
  IPC_ALWAYS_INLINE static size_t PackedSize(const List& list) {
    if constexpr (ScalarReal<T>) return list.size() * sizeof(T);
    size_t size = 0;
    for (const T& element : list) size += Codec<T>::Size(element);
    return size;
  }
};

template <typename T, uint32_t kNumber, Presence kPresence>
  requires(!std::same_as<T, uint8_t>)
struct Layout<std::vector<T>, kNumber, kPresence> : ListLayout<std::vector<T>, T, kNumber> {
  using List = std::vector<T>;
  static constexpr bool kIsCounted = false;

  IPC_ALWAYS_INLINE static bool Read(WireReader& in, WireType type, List& list, uint32_t&) {
    if (type == Codec<T>::kWireType) [[likely]]
      return ReadOne(in, list);
    if (!kHasLength<T> && type == WireType::kLength) return ReadPacked(in, list);
    return in.FailWireType(Codec<T>::kWireType, type);
  }
  static bool Check(uint32_t, DecodeContext&) { return true; }

  static bool FromValue(const Value& json, List& list, ValueReader& in) {
    return Codec<List>::FromValue(json, list, in);
  }

 private:
  IPC_ALWAYS_INLINE static bool ReadOne(WireReader& in, List& list) {
    if constexpr (kHasLength<T>) {
      if (list.size() == list.capacity()) Reserve(in, list);
    }
    if (in.Charge(sizeof(T)) && ReadElement(in, list)) [[likely]]
      return true;
    in.InElement(list.size());
    return false;
  }

  // Room for the elements that can be seen, as far as they may be kept: moving strings and structs
  // from room to room as a list grows costs more than looking ahead.
  static void Reserve(WireReader& in, List& list) {
    const size_t count = in.CountRun(MakeTag(kNumber, WireType::kLength));
    const size_t allowed = std::min(count, in.bytes_left() / sizeof(T));
    list.reserve(std::max(list.size() + allowed, 2 * list.size()));
  }

  // An element that fails is not left behind: its index is what the list has.
  IPC_ALWAYS_INLINE static bool ReadElement(WireReader& in, List& list) {
    if constexpr (kHasLength<T>) {
      if (ReadSlot<T>(in, list.emplace_back())) [[likely]]
        return true;
      list.pop_back();
      return false;
    } else {
      T element{};
      if (!Codec<T>::Read(in, element)) [[unlikely]]
        return false;
      list.push_back(element);
      return true;
    }
  }

  static bool ReadPacked(WireReader& in, List& list) {
    WireReader::Outer outer = nullptr;
    if (!in.Open(outer) || !ReadAllPacked(in, list)) return false;
    in.Close(outer);
    return true;
  }

  // Numbers take known room: it is made at once.
  static bool ReadAllPacked(WireReader& in, List& list) {
    const size_t count = CountPacked(in);
    if (!in.Charge(count * sizeof(T))) return false;
    if constexpr (ScalarReal<T>) {
      const size_t before = list.size();
      list.resize(before + count);
      if (in.CopyRest(list.data() + before, count * sizeof(T))) return true;
      in.InElement(before + count);
      return false;
    } else {
      list.reserve(list.size() + count);
      while (!in.at_end()) {
        if (ReadElement(in, list)) continue;
        in.InElement(list.size());
        return false;
      }
      return true;
    }
  }

  static size_t CountPacked(const WireReader& in) {
    if constexpr (ScalarReal<T>) return in.remaining() / sizeof(T);
    return in.CountVarints();
  }
};

template <typename T, size_t N, uint32_t kNumber, Presence kPresence>
  requires(!std::same_as<T, uint8_t>)
struct Layout<std::array<T, N>, kNumber, kPresence> : ListLayout<std::array<T, N>, T, kNumber> {
  using List = std::array<T, N>;
  static constexpr bool kIsCounted = true;

  static bool Read(WireReader& in, WireType type, List& list, uint32_t& count) {
    if (type == Codec<T>::kWireType) return ReadOne(in, list, count);
    if (kHasLength<T> || type != WireType::kLength) {
      return in.FailWireType(Codec<T>::kWireType, type);
    }
    WireReader::Outer outer = nullptr;
    if (!in.Open(outer)) return false;
    while (!in.at_end()) {
      if (!ReadOne(in, list, count)) return false;
    }
    in.Close(outer);
    return true;
  }
  static bool Check(uint32_t count, DecodeContext& in) {
    return count == N || FailCount(std::to_string(count), in);
  }

  static bool FromValue(const Value& json, List& list, ValueReader& in) {
    return Codec<List>::FromValue(json, list, in);
  }

  static bool FailCount(std::string_view got, DecodeContext& in) {
    return in.Fail(DecodeError::kWrongCount,
                   absl::StrCat("expected ", N, " elements, got ", ToAbsl(got)));
  }

 private:
  static bool ReadOne(WireReader& in, List& list, uint32_t& count) {
    if (count == N) return FailCount("more", in);
    if (ReadSlot<T>(in, list[count])) {
      ++count;
      return true;
    }
    in.InElement(count);
    return false;
  }
};

template <typename List, typename T>
Value ListToValue(const List& list) {
  Array array;
  array.reserve(list.size());
  for (const T& element : list) array.push_back(Codec<T>::ToValue(element));
  return array;
}

template <typename T, typename Element>
bool ElementFromValue(const Array& array, size_t index, Element& element, ValueReader& in) {
  if (SlotFromValue<T>(array[index], element, in)) return true;
  in.InElement(index);
  return false;
}

}  // namespace internal

template <typename T>
  requires(!std::same_as<T, uint8_t>)
struct Codec<std::vector<T>> : internal::WrapperCodec<std::vector<T>> {
  static Value ToValue(const std::vector<T>& list) {
    return internal::ListToValue<std::vector<T>, T>(list);
  }
  static bool FromValue(const Value& json, std::vector<T>& list, ValueReader& in) {
    if (!json.is_array()) return in.FailType("array", json);
    const Array& array = json.array();
    if (!in.Charge(array.size() * sizeof(T))) return false;
    list.clear();
    list.reserve(array.size());
    for (size_t i = 0; i < array.size(); ++i) {
      T element{};
      if (!internal::ElementFromValue<T>(array, i, element, in)) return false;
      list.push_back(std::move(element));
    }
    return true;
  }
};

template <typename T, size_t N>
  requires(!std::same_as<T, uint8_t>)
struct Codec<std::array<T, N>> : internal::WrapperCodec<std::array<T, N>> {
  static Value ToValue(const std::array<T, N>& list) {
    return internal::ListToValue<std::array<T, N>, T>(list);
  }
  static bool FromValue(const Value& json, std::array<T, N>& list, ValueReader& in) {
    if (!json.is_array()) return in.FailType("array", json);
    const Array& array = json.array();
    if (array.size() != N) {
      return internal::Layout<std::array<T, N>, 1, Presence::kImplicit>::FailCount(
          std::to_string(array.size()), in);
    }
    for (size_t i = 0; i < N; ++i) {
      if (!internal::ElementFromValue<T>(array, i, list[i], in)) return false;
    }
    return true;
  }
};

}  // namespace ipc
