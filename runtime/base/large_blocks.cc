#include "runtime/base/large_blocks.h"

#include <array>
#include <utility>

#include "runtime/base/sanitizer.h"

namespace ipc {
namespace {

constexpr size_t kMostKept = 4;

// Rounded up, so that messages of about one size find each other's blocks.
constexpr size_t kStep = 64 << 10;

// What is destroyed on this thread after its store goes to the heap. Not a member of it: it is
// read after the store's end.
constinit thread_local bool is_over = false;

struct Store {
  ~Store() { is_over = true; }

  std::array<LargeBlock, kMostKept> blocks;
  size_t bytes = 0;  // of all
};

constinit thread_local Store store;

}  // namespace

LargeBlock TakeLargeBlock(size_t size) {
  if (!is_over) {
    for (LargeBlock& block : store.blocks) {
      if (block.size < size || block.size / 4 > size) continue;
      store.bytes -= block.size;
      return std::exchange(block, {});
    }
  }
  const size_t rounded = (size + kStep - 1) / kStep * kStep;
  return {.bytes = std::make_unique_for_overwrite<uint8_t[]>(rounded), .size = rounded};
}

void GiveLargeBlock(LargeBlock given) {
  if (kHasSanitizer || is_over || store.bytes + given.size > kMostKeptBytes) return;
  for (LargeBlock& block : store.blocks) {
    if (block.size != 0) continue;
    store.bytes += given.size;
    block = std::move(given);
    return;
  }
}

size_t KeptLargeBytes() { return store.bytes; }

}  // namespace ipc
