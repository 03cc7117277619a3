// How deep the JSON reader and writer go, whatever a limit says.
#pragma once

#include <cstddef>

namespace ipc::internal {

// Both recurse; this many levels fit on any thread's stack.
inline constexpr size_t kDeepestJson = 512;

}  // namespace ipc::internal
