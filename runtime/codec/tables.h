// The tables that generated .cc files print, one for each type: all that the codec knows of it.
//
//   template <>
//   struct ipc::FieldsOf<notes::Note> {
//     using T = notes::Note;
//     static constexpr std::string_view kName = "notes.Note";
//     static constexpr auto kFields = Rows{
//         Field(1, "id", &T::id),
//         Field(3, "kind", &T::kind, Presence::kExplicit),
//     };
//   };
//
// Rows stand in the order of declaration: JSON objects and positional parameters have that order.
// The wire has the order of the numbers, which the codec works out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace ipc {

namespace internal {

template <size_t kIndex, typename T>
struct RowAt {
  T row;
};

template <typename Indices, typename... Ts>
struct RowsAt;

template <size_t... I, typename... Ts>
struct RowsAt<std::index_sequence<I...>, Ts...> : RowAt<I, Ts>... {
  constexpr explicit RowsAt(Ts... rows) : RowAt<I, Ts>{rows}... {}
};

}  // namespace internal

// Values of different types, as a std::tuple; but of several hundred, which compilers take minutes
// for when they are a tuple.
template <typename... Ts>
struct Rows : internal::RowsAt<std::index_sequence_for<Ts...>, Ts...> {
  static constexpr size_t kCount = sizeof...(Ts);

  constexpr explicit Rows(Ts... rows)
      : internal::RowsAt<std::index_sequence_for<Ts...>, Ts...>(rows...) {}
};

// The I-th of some Rows.
template <size_t I, typename T>
constexpr const T& RowOf(const internal::RowAt<I, T>& at) {
  return at.row;
}

// Calls `f` with all of them, as std::apply does.
template <typename F, typename... Ts>
constexpr decltype(auto) ApplyRows(F&& f, const Rows<Ts...>& rows) {
  return [&]<size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
    return std::forward<F>(f)(RowOf<I>(rows)...);
  }(std::index_sequence_for<Ts...>());
}

// What a field's absence on the wire means, where its type does not say it already. Fields of type
// std::optional and Box, and arrays and maps, are kImplicit: absent is null, or empty.
enum class Presence {
  kImplicit,  // the type's zero, which is not written
  kExplicit,  // the member's initialiser; always written. For a default that is not zero
  kRequired,  // an error; always written. For structs, unions, enums without a zero and a default
  kNull,      // null, though the member begins with a value. For T? with a default
  kRest,      // as kImplicit. The last of some parameters, `any...`: takes all further arguments
};

template <typename S, typename M>
struct Field {
  using Struct = S;
  using Type = M;

  constexpr Field(uint32_t number, std::string_view name, M S::*member,
                  Presence presence = Presence::kImplicit)
      : number(number), name(name), member(member), presence(presence) {}

  uint32_t number;
  std::string_view name;
  M S::*member;
  Presence presence;
};

// One value of an enum. Of several with one number, the first gives its name.
template <typename E>
struct EnumValue {
  constexpr EnumValue(E value, std::string_view name) : value(value), name(name) {}

  E value;
  std::string_view name;
};

// One alternative of a union: where it is in the variant, and its field number.
template <size_t kIndexInVariant>
struct Member {
  static constexpr size_t kIndex = kIndexInVariant;

  constexpr Member(uint32_t number, std::string_view name) : number(number), name(name) {}

  uint32_t number;
  std::string_view name;
};

// kName, kFields: Rows of Field. Where the .ipc file bounds values, also kBounds,
// Rows of OnField: see bounds.h.
template <typename T>
struct FieldsOf;

// kName, kValues: a std::array of EnumValue. Of an extensible enum also kDefault, the T that
// stands for unknown numbers, or kKeepsUnknown = true, where the author named none.
template <typename T>
struct EnumOf;

// kName, kMembers: Rows of Member; kBounds, as of a struct. Of an extensible union also
// kDefault, the index of the member that stands, with its zero, for unknown ones.
template <typename T>
struct UnionOf;

}  // namespace ipc
