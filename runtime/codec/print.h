// What operator<< of generated types prints, for logs and the messages of tests:
// notes.Note{"id":1,"title":"milk"}. Needs the type's table: for generated .cc files.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

#include "runtime/codec/declare.h"
#include "runtime/codec/tables.h"
#include "runtime/value/json_writer.h"
#include "runtime/value/value.h"

namespace ipc {

// A struct or union: its full name and its JSON.
template <typename T>
void PrintTyped(std::ostream& out, const T& value) {
  if constexpr (GeneratedUnion<T>) {
    out << UnionOf<T>::kName;
  } else {
    out << FieldsOf<T>::kName;
  }
  out << ToJson(Codec<T>::ToValue(value));
}

// "kText"; empty for a number that has no name.
template <typename E>
std::string_view EnumName(E value) {
  return EnumCodec<E>::Name(value);
}

// kText, or notes.NoteKind(7) for a number that has no name.
template <typename E>
void PrintEnum(std::ostream& out, E value) {
  const std::string_view name = EnumName(value);
  if (!name.empty()) {
    out << name;
  } else {
    out << EnumOf<E>::kName << '(' << static_cast<int32_t>(value) << ')';
  }
}

}  // namespace ipc
