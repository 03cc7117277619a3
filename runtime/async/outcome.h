// What a call ends with: a value or a Status that is not OK; for a call without a value, a Status.
#pragma once

#include <type_traits>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace ipc {

template <typename T>
using Outcome = std::conditional_t<std::is_void_v<T>, absl::Status, absl::StatusOr<T>>;

// The Status of either kind.
inline const absl::Status& StatusOf(const absl::Status& outcome) { return outcome; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& outcome) {
  return outcome.status();
}

}  // namespace ipc
