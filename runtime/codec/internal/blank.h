#pragma once

#include "runtime/async/result.h"

namespace ipc::internal {

// What Read() and FromValue() start from.
template <typename T>
struct Blank {
  static T Make() { return T{}; }
};

template <typename T, typename E>
struct Blank<Result<T, E>> {
  static Result<T, E> Make() { return Result<T, E>::Ok(T{}); }
};

}  // namespace ipc::internal
