// What Promise<T>::Then() takes.
#pragma once

#include <type_traits>

#include "runtime/async/outcome.h"

namespace ipc::internal {

// Called however the promise ends.
template <typename F, typename T>
concept TakesOutcome = std::is_invocable_v<F, Outcome<T>>;

// Called with the value alone; what it returns has to carry on, or nobody would hear of a failure.
template <typename F, typename T>
concept TakesValue =
    !TakesOutcome<F, T> && std::is_invocable_v<F, T> && !std::is_void_v<std::invoke_result_t<F, T>>;

}  // namespace ipc::internal
