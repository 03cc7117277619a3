// What a generated header says about its types: that they have a codec, printed in the .cc beside
// it. Everything that knows how is in define.h, which generated .cc files include.
//
//   extern template struct ipc::StructCodec<notes::Note>;
//
// Codec<T> is the codec of any type that an .ipc file can name:
//
//   kWireType, kIsMessage       how a T lies on the wire; a message counts as a level of nesting
//   Size(value)                 bytes of the value itself, without tag and length
//   Write(value, writer)        exactly those bytes, back to front; answers the writer after them
//   Read(reader, value)         into a default-constructed value; of kWireType kLength: the reader
//                               ends where the value does, and is read to its end
//   ToValue(value)              JSON of a typed value, as idl/README.md says
//   FromValue(json, value, reader)
//
// Threads     All functions are pure: any thread.
// Errors      Read and FromValue answer false, and the reader has the problem. The value is then
//             valid, and of no use.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "runtime/codec/wire_format.h"

namespace ipc {

class Value;
class ValueReader;
class WireReader;
class WireWriter;

// Of a struct. Needs FieldsOf<T>, see tables.h.
template <typename T>
struct StructCodec {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = true;

  static size_t Size(const T& value);
  static WireWriter Write(const T& value, WireWriter out);
  static bool Read(WireReader& in, T& value);
  static Value ToValue(const T& value);
  static bool FromValue(const Value& json, T& value, ValueReader& in);
};

// Of a union: a class around a std::variant `value_`, of which UnionCodec<T> is a friend. Needs
// UnionOf<T>.
template <typename T>
struct UnionCodec {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = true;

  static size_t Size(const T& value);
  static WireWriter Write(const T& value, WireWriter out);
  static bool Read(WireReader& in, T& value);
  static Value ToValue(const T& value);
  static bool FromValue(const Value& json, T& value, ValueReader& in);
};

// Of an enum. Needs EnumOf<T>.
template <typename T>
struct EnumCodec {
  static constexpr WireType kWireType = WireType::kVarint;
  static constexpr bool kIsMessage = false;

  static bool IsZero(T value) { return value == T{}; }
  static size_t Size(T value);
  static WireWriter Write(T value, WireWriter out);
  static bool Read(WireReader& in, T& value);
  static Value ToValue(T value);
  static bool FromValue(const Value& json, T& value, ValueReader& in);

  // "kText"; empty for a number that has no name.
  static std::string_view Name(T value);
  // The name of a map's key: Name(), else the number.
  static bool FromName(std::string_view name, T& value, ValueReader& in);
};

template <typename T>
struct Codec;

template <typename T>
  requires std::is_enum_v<T>
struct Codec<T> : EnumCodec<T> {};

// Generated unions are the only classes whose tag() answers their own Tag.
template <typename T>
concept GeneratedUnion = requires(const T& value) {
  { value.tag() } -> std::same_as<typename T::Tag>;
};

template <GeneratedUnion T>
struct Codec<T> : UnionCodec<T> {};

// Generated structs are aggregates, which none of the library's own types is.
template <typename T>
  requires(std::is_class_v<T> && std::is_aggregate_v<T> && !GeneratedUnion<T>)
struct Codec<T> : StructCodec<T> {};

}  // namespace ipc
