// Runs the user's callables and turns what they throw into a DETAIL: a listener costs its own
// dispatch and nothing else.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/status/status.h"
#include "runtime/bindings/errors.h"

namespace ipc {

// `call` returns nothing or a Status.
template <typename F>
absl::Status RunCatching(F call) {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      call();
      return absl::OkStatus();
    } else {
      return call();
    }
  } catch (const std::exception& error) {
    return ThrownDetail(error.what());
  } catch (...) {
    return ThrownDetail(kNotAnException);
  }
}

// Node's warning, for an emitter called `emitter`.
std::string LeakWarningText(std::string_view emitter, std::string_view channel, size_t count,
                            size_t max);

}  // namespace ipc
