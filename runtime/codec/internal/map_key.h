// Keys of maps as text: the names of an object's members in JSON, and what error paths show.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/internal/scalar_codec.h"
#include "runtime/codec/utf8.h"
#include "runtime/codec/value_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc::internal {

// Of keys that may be an object's names; the others are float and double, structs and unions.
template <typename K>
inline constexpr bool kIsName = !ScalarReal<K> && !Codec<K>::kIsMessage;

template <typename K>
std::string KeyToName(const K& key) {
  if constexpr (std::same_as<K, std::string>) {
    return key;
  } else if constexpr (std::same_as<K, bool>) {
    return key ? "true" : "false";
  } else if constexpr (std::is_enum_v<K>) {
    const std::string_view name = EnumCodec<K>::Name(key);
    return name.empty() ? std::to_string(static_cast<int32_t>(key)) : std::string(name);
  } else {
    return std::to_string(key);
  }
}

template <typename K>
std::string KeyInPath(const K& key) {
  if constexpr (std::same_as<K, std::string>) {
    return absl::StrCat("\"", key, "\"");
  } else if constexpr (ScalarReal<K>) {
    return absl::StrCat(key);
  } else if constexpr (Codec<K>::kIsMessage) {
    return ToJson(Codec<K>::ToValue(key));
  } else {
    return KeyToName(key);
  }
}

template <typename K>
bool KeyFromName(std::string_view name, K& key, ValueReader& in) {
  if constexpr (std::same_as<K, std::string>) {
    if (!IsUtf8(name)) return in.Fail(DecodeError::kBadUtf8, "not UTF-8");
    if (!in.Charge(name.size())) return false;
    key = name;
    return true;
  } else if constexpr (std::same_as<K, bool>) {
    key = name == "true";
    return key || name == "false" ||
           in.Fail(DecodeError::kWrongType, "expected a name that is true or false");
  } else if constexpr (std::is_enum_v<K>) {
    return EnumCodec<K>::FromName(name, key, in);
  } else {
    return FromDecimal(name, key) ||
           in.Fail(DecodeError::kWrongType,
                   absl::StrCat("expected a name that is an ", ToAbsl(IntegerName<K>())));
  }
}

}  // namespace ipc::internal
