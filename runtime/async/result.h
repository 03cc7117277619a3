// The answer of a `=> result<T, E>` channel: a value or the channel's own typed error.
//
// A typed error is an answer, not a failure: the call itself went well. Failures of the call (no
// handler, deadline, the other process gone) are the Status around a Result.
//
// Threads     A value.
#pragma once

#include <utility>
#include <variant>

namespace ipc {

template <typename T, typename E>
class Result {
 public:
  Result(T value) : outcome_(std::in_place_index<0>, std::move(value)) {}  // NOLINT
  Result(E error) : outcome_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

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
  std::variant<T, E> outcome_;
};

}  // namespace ipc
