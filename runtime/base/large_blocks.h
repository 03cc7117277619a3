// Memory for the bytes of large messages.
//
// Fresh memory costs a page fault for every 4 KiB that is touched, several times what copying into
// it does. So the blocks that a thread gives back wait for its next large message: no more than
// four of them, and kMostKeptBytes together. Under a sanitizer nothing is kept, so that it sees
// who touches what is gone.
//
// Threads     Any. A block may be given back on another thread than it was taken on, which then
//             keeps it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace ipc {

// From so many bytes on a block is a large one; smaller ones are the heap's.
inline constexpr size_t kLeastLargeBlock = 64 << 10;
inline constexpr size_t kMostKeptBytes = 4 << 20;

struct LargeBlock {
  std::unique_ptr<uint8_t[]> bytes;  // what they hold is left over from before
  size_t size = 0;
};

// At least `size` bytes, at most four times as many.
LargeBlock TakeLargeBlock(size_t size);
void GiveLargeBlock(LargeBlock block);

// What this thread keeps.
size_t KeptLargeBytes();

}  // namespace ipc
