#pragma once

#include <cstddef>

namespace ipc::internal {

// The reader and the writer recurse; this many levels fit on any thread's stack.
inline constexpr size_t kDeepestJson = 512;

}  // namespace ipc::internal
