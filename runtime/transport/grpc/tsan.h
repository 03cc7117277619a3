// What happens before what, said by hand: ThreadSanitizer does not see into the prebuilt gRPC.
//
// Code that calls gRPC is not instrumented (annotated_for_tsan in BUILD.gn), since gRPC's templates
// would be taken apart on one thread and put together on another, without a lock that the tool
// could see. It says TsanRelease() before each call that starts something, and TsanAcquire() first
// in each reaction. This holds for every file of a program that includes gRPC's call headers, tests
// too: the linker keeps one copy of each template, whichever file it came from.
#pragma once

#ifdef IPC_TSAN_ANNOTATIONS
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace ipc::internal {

inline void TsanAcquire([[maybe_unused]] void* address) {
#ifdef IPC_TSAN_ANNOTATIONS
  __tsan_acquire(address);
#endif
}

inline void TsanRelease([[maybe_unused]] void* address) {
#ifdef IPC_TSAN_ANNOTATIONS
  __tsan_release(address);
#endif
}

}  // namespace ipc::internal
