// The order of a map's keys where C++ has none: structs and unions, by their bytes on the wire.
//
//   std::map<notes::Place, std::string, ipc::KeyOrder> names;
//
// Every two keys that differ in anything are two keys, a NaN and a -0 in them included.
//
// Threads     Any.
// Errors      None. Each comparison encodes both keys: for maps that are small or seldom.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/codec/declare.h"
#include "runtime/codec/wire_writer.h"

namespace ipc {

struct KeyOrder {
  template <typename Key>
  bool operator()(const Key& a, const Key& b) const {
    return BytesOf(a) < BytesOf(b);
  }

 private:
  template <typename Key>
  static std::string BytesOf(const Key& key) {
    std::string bytes(Codec<Key>::Size(key), '\0');
    auto* const room = reinterpret_cast<uint8_t*>(bytes.data());
    Codec<Key>::Write(key, WireWriter({room, bytes.size()})).Finish();
    return bytes;
  }
};

}  // namespace ipc
