// What a step of a chain of promises promises. Included by promise.h alone.
#pragma once

#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace ipc {

template <typename T>
class Promise;

namespace internal {

template <typename T>
struct PromisedBy {
  using type = T;
};
template <typename T>
struct PromisedBy<Promise<T>> {
  using type = T;
};
template <typename T>
struct PromisedBy<absl::StatusOr<T>> {
  using type = T;
};
template <>
struct PromisedBy<absl::Status> {
  using type = void;
};

// Then(f) gives a Promise<U> for an f that returns U, StatusOr<U> or Promise<U>.
template <typename R>
using PromisedByT = typename PromisedBy<std::remove_cvref_t<R>>::type;

}  // namespace internal
}  // namespace ipc
