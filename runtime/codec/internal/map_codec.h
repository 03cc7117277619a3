// map<K, V>: a repeated field of entries {key = 1, value = 2}, both always written, in the order of
// the keys. What protobuf's map<> has as keys and what it has not lies on the wire in one way.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "runtime/codec/internal/layout.h"
#include "runtime/codec/internal/map_key.h"
#include "runtime/codec/internal/scalar_codec.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// Besides its pair, what a node of a std::map takes.
inline constexpr size_t kMapNodeSize = 4 * sizeof(void*);

// A key as it is kept: of the two float zeros one, and no NaN, which has no place in an order.
template <typename K>
bool CheckKey(K& key, DecodeContext& in) {
  if constexpr (ScalarReal<K>) {
    if (std::isnan(key)) return in.Fail(DecodeError::kOutOfRange, "a key is NaN");
    if (key == 0) key = 0;
  }
  return true;
}

// Entries mostly come in order: looking at the end first makes that cheap.
template <typename K, typename V, typename Order>
bool AddEntry(std::map<K, V, Order>& map, K key, V value, DecodeContext& in) {
  const size_t before = map.size();
  const auto entry = map.emplace_hint(map.end(), std::move(key), std::move(value));
  if (map.size() != before) return true;
  in.Fail(DecodeError::kDuplicateKey, "duplicate key");
  in.InKey(KeyInPath(entry->first));
  return false;
}

template <typename Map>
struct MapEntry {
  using K = typename Map::key_type;
  using V = typename Map::mapped_type;

  static size_t Size(const K& key, const V& value) {
    return TagSize(1) + SlotSize<K>(key) + TagSize(2) + SlotSize<V>(value);
  }

  static WireWriter Write(const K& key, const V& value, WireWriter out) {
    out = WriteSlot<2, V>(value, out);
    if constexpr (ScalarReal<K>) {
      return WriteSlot<1, K>(key == 0 ? 0 : key, out);
    } else {
      return WriteSlot<1, K>(key, out);
    }
  }

  static bool Read(WireReader& in, Map& map) {
    K key{};
    V value{};
    if (!in.Charge(sizeof(K) + sizeof(V) + kMapNodeSize)) return false;
    if (!ReadBoth(in, key, value, map.size())) return false;
    return AddEntry(map, std::move(key), std::move(value), in);
  }

 private:
  static bool ReadBoth(WireReader& in, K& key, V& value, size_t index) {
    bool has_key = false;
    bool has_value = false;
    const bool ok = ReadFields(in, [&](uint32_t number, WireType type, uint32_t tag) {
      if (number == 1) {
        if constexpr (Codec<K>::kIsMessage) {
          if (has_key) key = K{};
        }
        has_key = true;
        return ReadKey(in, type, key, index);
      }
      if (number != 2) return in.Skip(tag);
      if (has_value) value = V{};
      has_value = true;
      return ReadValue(in, type, key, value);
    });
    return ok && (has_key || InKeyOf(ReadAbsent<K>(in, key), index, in)) &&
           (has_value || InValueOf(ReadAbsent<V>(in, value), key, in));
  }

  static bool ReadKey(WireReader& in, WireType type, K& key, size_t index) {
    constexpr WireType kType = Codec<K>::kWireType;
    const bool ok = type == kType ? ReadSlot<K>(in, key) : in.FailWireType(kType, type);
    return InKeyOf(ok && CheckKey(key, in), index, in);
  }
  static bool ReadValue(WireReader& in, WireType type, const K& key, V& value) {
    constexpr WireType kType = Codec<V>::kWireType;
    const bool ok = type == kType ? ReadSlot<V>(in, value) : in.FailWireType(kType, type);
    return InValueOf(ok, key, in);
  }

  // Adds to the path of what failed.
  static bool InKeyOf(bool ok, size_t index, DecodeContext& in) {
    if (ok) return true;
    in.InField("key");
    in.InElement(index);
    return false;
  }
  static bool InValueOf(bool ok, const K& key, DecodeContext& in) {
    if (!ok) in.InKey(KeyInPath(key));
    return ok;
  }
};

template <typename K, typename V, typename Order, uint32_t kNumber, Presence kPresence>
struct Layout<std::map<K, V, Order>, kNumber, kPresence> {
  using Map = std::map<K, V, Order>;
  using Entry = MapEntry<Map>;
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsCounted = false;
  static constexpr bool kMayBeAbsent = false;

  static size_t Size(const Map& map) {
    size_t size = map.size() * TagSize(kNumber);
    for (const auto& [key, value] : map) {
      const size_t entry = Entry::Size(key, value);
      size += VarintSize(entry) + entry;
    }
    return size;
  }
  static WireWriter Write(const Map& map, WireWriter out) {
    for (auto entry = map.rbegin(); entry != map.rend(); ++entry) {
      const size_t end = out.remaining();
      out = Entry::Write(entry->first, entry->second, out);
      out.Length(kNumber, end);
    }
    return out;
  }
  static bool Read(WireReader& in, WireType type, Map& map, uint32_t&) {
    if (type != kWireType) return in.FailWireType(kWireType, type);
    WireReader::Outer outer = nullptr;
    if (!in.OpenMessage(outer) || !Entry::Read(in, map)) return false;
    in.CloseMessage(outer);
    return true;
  }
  static bool Check(uint32_t, DecodeContext&) { return true; }

  static bool FromValue(const Value& json, Map& map, ValueReader& in) {
    return Codec<Map>::FromValue(json, map, in);
  }
};

// The JSON of a map: an object where keys can be names, else [[key, value], ...].
template <typename Map>
struct MapJson {
  using K = typename Map::key_type;
  using V = typename Map::mapped_type;

  static Value ToObject(const Map& map) {
    Object object;
    for (const auto& [key, value] : map) {
      object.Append(KeyToName(key), Codec<V>::ToValue(value));
    }
    return object;
  }
  static Value ToPairs(const Map& map) {
    Array pairs;
    pairs.reserve(map.size());
    for (const auto& [key, value] : map) {
      pairs.push_back(Array{Codec<K>::ToValue(key), Codec<V>::ToValue(value)});
    }
    return pairs;
  }

  static bool FromObject(const Object& object, Map& map, ValueReader& in) {
    for (const auto& [name, json] : object) {
      K key{};
      if (!KeyFromName(name, key, in)) {
        in.InKey(KeyInPath(name));
        return false;
      }
      if (!AddFromValue(std::move(key), json, map, in)) return false;
    }
    return true;
  }
  static bool FromPairs(const Array& pairs, Map& map, ValueReader& in) {
    for (size_t i = 0; i < pairs.size(); ++i) {
      if (!FromPair(pairs[i], i, map, in)) return false;
    }
    return true;
  }

 private:
  static bool FromPair(const Value& pair, size_t index, Map& map, ValueReader& in) {
    K key{};
    const bool is_pair = pair.is_array() && pair.array().size() == 2;
    const bool ok = is_pair ? SlotFromValue(pair[0], key, in) && CheckKey(key, in)
                            : in.Fail(DecodeError::kWrongType, "expected [key, value]");
    if (ok) return AddFromValue(std::move(key), pair[1], map, in);
    if (is_pair) in.InElement(0);
    in.InElement(index);
    return false;
  }
  static bool AddFromValue(K key, const Value& json, Map& map, ValueReader& in) {
    if (!in.Charge(sizeof(K) + sizeof(V) + kMapNodeSize)) return false;
    V value{};
    if (!SlotFromValue<V>(json, value, in)) {
      in.InKey(KeyInPath(key));
      return false;
    }
    return AddEntry(map, std::move(key), std::move(value), in);
  }
};

}  // namespace internal

template <typename K, typename V, typename Order>
struct Codec<std::map<K, V, Order>> : internal::WrapperCodec<std::map<K, V, Order>> {
  using Map = std::map<K, V, Order>;
  using Json = internal::MapJson<Map>;

  static Value ToValue(const Map& map) {
    if constexpr (internal::kIsName<K>) return Json::ToObject(map);
    return Json::ToPairs(map);
  }

  // An entry is a level, as on the wire.
  static bool FromValue(const Value& json, Map& map, ValueReader& in) {
    map.clear();
    if (!in.Enter()) return false;
    bool ok;
    if constexpr (internal::kIsName<K>) {
      ok =
          json.is_object() ? Json::FromObject(json.object(), map, in) : in.FailType("object", json);
    } else {
      ok = json.is_array() ? Json::FromPairs(json.array(), map, in) : in.FailType("array", json);
    }
    in.Leave();
    return ok;
  }
};

}  // namespace ipc
