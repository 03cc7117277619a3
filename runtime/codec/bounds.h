// What an .ipc file demands of values beyond their type, as the tables say it:
// `array<string(max_bytes=40)>(max=16) tags` is the row
//
//   OnField<4>(MaxCount(16), Each(MaxBytes(40)))
//
// Receivers check it, of bytes and of JSON, once the whole message is read; senders do not. What is
// null is not checked. An alternative of a std::variant is a field too.
//
// Threads     Everything is constant: any thread.
// Errors      kOutOfBounds and kNoMatch, with the path down to the element.
#pragma once

#include <cstddef>
#include <tuple>

#include "runtime/codec/internal/bound_checks.h"

namespace ipc {

// The row of the I-th field, or member, in the order of the table; all checks have to hold.
template <size_t kIndex, typename... Checks>
constexpr auto OnField(Checks... checks) {
  return internal::FieldBounds<kIndex, Checks...>{std::tuple(checks...)};
}

// ---- Of numbers. NaN is within no bounds.

template <typename T>
constexpr auto AtLeast(T bound) {
  return internal::AtLeastCheck<T>{bound};
}
template <typename T>
constexpr auto AtMost(T bound) {
  return internal::AtMostCheck<T>{bound};
}

// ---- Of strings, and of an any's JSON text as this library writes it.

constexpr auto MinBytes(size_t bytes) { return internal::MinBytesCheck{bytes}; }
constexpr auto MaxBytes(size_t bytes) { return internal::MaxBytesCheck{bytes}; }

// All of a string matches `kPattern`, a regular expression of RE2.
template <internal::PatternText kPattern>
constexpr auto Matches() {
  return internal::MatchesCheck<kPattern>{};
}

// ---- Of arrays and maps.

constexpr auto MinCount(size_t count) { return internal::MinCountCheck{count}; }
constexpr auto MaxCount(size_t count) { return internal::MaxCountCheck{count}; }

template <typename... Checks>
constexpr auto Each(Checks... checks) {
  return internal::EachCheck<Checks...>{std::tuple(checks...)};
}
template <typename... Checks>
constexpr auto Keys(Checks... checks) {
  return internal::KeysCheck<Checks...>{std::tuple(checks...)};
}
template <typename... Checks>
constexpr auto Values(Checks... checks) {
  return internal::ValuesCheck<Checks...>{std::tuple(checks...)};
}

}  // namespace ipc
