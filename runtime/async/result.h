// The answer of a `=> result<T, E>` channel: a value or the channel's own typed error.
//
// A typed error is an answer, not a failure: the call itself went well. Failures of the call (no
// handler, deadline, the other process gone) are the Status around a Result.
//
// Threads     A value.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace ipc {

template <typename T, typename E>
class Result {
 public:
  // A value or an error, by its type; where both have one type it is the value, and Error() makes
  // the other.
  Result(T value)  // NOLINT(google-explicit-constructor)
      : outcome_(std::in_place_index<0>, std::move(value)) {}
  Result(E error)  // NOLINT(google-explicit-constructor)
    requires(!std::is_same_v<T, E>)
      : outcome_(std::in_place_index<1>, std::move(error)) {}
  static Result Ok(T value) { return Result(std::in_place_index<0>, std::move(value)); }
  static Result Error(E error) { return Result(std::in_place_index<1>, std::move(error)); }

  bool ok() const { return outcome_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // value() of an error and error() of a value throw std::bad_variant_access.
  const T& value() const& { return std::get<0>(outcome_); }
  T& value() & { return std::get<0>(outcome_); }
  T&& value() && { return std::get<0>(std::move(outcome_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  const E& error() const& { return std::get<1>(outcome_); }
  E& error() & { return std::get<1>(outcome_); }
  E&& error() && { return std::get<1>(std::move(outcome_)); }

  friend bool operator==(const Result&, const Result&) = default;

 private:
  template <size_t kIndex, typename U>
  Result(std::in_place_index_t<kIndex> index, U value) : outcome_(index, std::move(value)) {}

  std::variant<T, E> outcome_;
};

}  // namespace ipc
