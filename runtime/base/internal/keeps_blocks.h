// Whether blocks that are given back are kept: not under a sanitizer, which would take the next use
// of one for the use of what is gone.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IPC_HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IPC_HAS_SANITIZER 1
#endif
#endif

namespace ipc::internal {

#ifdef IPC_HAS_SANITIZER
inline constexpr bool kKeepsBlocks = false;
#else
inline constexpr bool kKeepsBlocks = true;
#endif

}  // namespace ipc::internal
