// Whether a sanitizer watches this build: memory is then not used again without telling the heap,
// which would hide who touches what is gone.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IPC_HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define IPC_HAS_SANITIZER 1
#endif
#endif

namespace ipc {

#ifdef IPC_HAS_SANITIZER
inline constexpr bool kHasSanitizer = true;
#else
inline constexpr bool kHasSanitizer = false;
#endif

}  // namespace ipc
