// Converts between Value and nlohmann::json, for programs that use both. The only header here that
// needs nlohmann's (Debian: nlohmann-json3-dev); nothing of the runtime includes it.
//
// Ownership   Values: both ways copy.
// Errors      FromNlohmann() never fails. Its bytes lose their subtype, and a discarded value is
//             null. nlohmann::json sorts members by name; nlohmann::ordered_json keeps their order.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "runtime/value/value.h"

namespace ipc {

template <typename Json = nlohmann::json>
Json ToNlohmann(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return nullptr;
    case Value::Kind::kBool:
      return value.boolean();
    case Value::Kind::kInteger:
      return value.int64();
    case Value::Kind::kUnsigned:
      return value.uint64();
    case Value::Kind::kDouble:
      return value.number();
    case Value::Kind::kString:
      return value.string();
    case Value::Kind::kBytes:
      return Json::binary(value.bytes());
    case Value::Kind::kArray: {
      Json array = Json::array();
      for (const Value& element : value.array()) array.push_back(ToNlohmann<Json>(element));
      return array;
    }
    case Value::Kind::kObject: {
      Json object = Json::object();
      for (const auto& [name, member] : value.object()) object[name] = ToNlohmann<Json>(member);
      return object;
    }
  }
  return nullptr;
}

template <typename Json>
Value FromNlohmann(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
    case Json::value_t::discarded:
      return nullptr;
    case Json::value_t::boolean:
      return json.template get<bool>();
    case Json::value_t::number_integer:
      return json.template get<int64_t>();
    case Json::value_t::number_unsigned:
      return json.template get<uint64_t>();
    case Json::value_t::number_float:
      return json.template get<double>();
    case Json::value_t::string:
      return json.template get<std::string>();
    case Json::value_t::binary:
      return Bytes(json.get_binary());
    case Json::value_t::array: {
      Array array;
      for (const Json& element : json) array.push_back(FromNlohmann(element));
      return array;
    }
    case Json::value_t::object: {
      Object object;
      for (const auto& [name, member] : json.items()) object.Append(name, FromNlohmann(member));
      return object;
    }
  }
  return nullptr;
}

}  // namespace ipc
