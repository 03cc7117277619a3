#include "runtime/transport/grpc/slice.h"

#include <memory>
#include <utility>

#include "runtime/base/large_blocks.h"

// gRPC counts the users of a slice where ThreadSanitizer cannot see it, so it is told: who used the
// bytes was through with them before they are used again.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#include <sanitizer/tsan_interface.h>
#define IPC_TELLS_THREAD_SANITIZER 1
#endif
#endif

namespace ipc::internal {
namespace {

#ifdef IPC_TELLS_THREAD_SANITIZER
void Announce(void* bytes) { __tsan_release(bytes); }
void Hear(void* bytes) { __tsan_acquire(bytes); }
#else
void Announce(void*) {}
void Hear(void*) {}
#endif

// Threads of gRPC's own never take a block: they would only hoard those that end with them.
constinit thread_local bool takes_blocks = false;

// On whichever thread of ours or gRPC's was the last.
void GiveBack(void* bytes, size_t size) {
  Hear(bytes);
  LargeBlock block{.bytes = std::unique_ptr<uint8_t[]>(static_cast<uint8_t*>(bytes)), .size = size};
  if (takes_blocks) GiveLargeBlock(std::move(block));
}

}  // namespace

grpc_slice Slice::LargeSlice(size_t size) {
  takes_blocks = true;
  LargeBlock block = TakeLargeBlock(size);
  grpc_slice slice = grpc_slice_new_with_len(block.bytes.release(), block.size, &GiveBack);
  GRPC_SLICE_SET_LENGTH(slice, size);
  return slice;
}

void Slice::AnnounceLastUse() { Announce(data()); }

}  // namespace ipc::internal
