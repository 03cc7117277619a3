// What a reader starts from: a T of zeros. A Result has no zero of its own and gets one here.
#pragma once

#include "absl/status/statusor.h"
#include "runtime/async/result.h"

namespace ipc::internal {

// What Read() and FromValue() start from, where it is to be returned from.
template <typename T>
struct Blank {
  static absl::StatusOr<T> Make() { return absl::StatusOr<T>(absl::in_place); }
};

template <typename T, typename E>
struct Blank<Result<T, E>> {
  static absl::StatusOr<Result<T, E>> Make() { return Result<T, E>::Ok(T{}); }
};

}  // namespace ipc::internal
