#include "runtime/base/recycler.h"

#include <array>
#include <new>

#include "runtime/base/sanitizer.h"

namespace ipc {
namespace {

constexpr size_t kStep = 64;
constexpr size_t kSizes = 8;
constexpr size_t kMostKept = kHasSanitizer ? 0 : 256;  // of one size, on one thread

// Blocks of one size. Each that is free holds the address of the next.
struct Shelf {
  void* first = nullptr;
  size_t count = 0;
};

// What is destroyed on this thread after its shelves goes to the heap. Not a member of theirs: it
// is read after their end.
constinit thread_local bool is_over = false;

struct Shelves {
  ~Shelves() {
    is_over = true;
    for (Shelf& shelf : of_size) {
      while (shelf.first != nullptr) {
        void* const block = shelf.first;
        shelf.first = *static_cast<void**>(block);
        ::operator delete(block);
      }
    }
  }

  std::array<Shelf, kSizes> of_size;
};

constinit thread_local Shelves shelves;

// Which shelf holds blocks of `size`; from kSizes on, none does.
size_t IndexOf(size_t size) { return size == 0 ? 0 : (size - 1) / kStep; }

}  // namespace

void* TakeBlock(size_t size) {
  const size_t index = IndexOf(size);
  if (index >= kSizes) return ::operator new(size);
  if (is_over || shelves.of_size[index].first == nullptr) {
    return ::operator new((index + 1) * kStep);
  }
  Shelf& shelf = shelves.of_size[index];
  void* const block = shelf.first;
  shelf.first = *static_cast<void**>(block);
  --shelf.count;
  return block;
}

void GiveBlock(void* block, size_t size) {
  const size_t index = IndexOf(size);
  if (index >= kSizes || is_over || shelves.of_size[index].count >= kMostKept) {
    return ::operator delete(block);
  }
  Shelf& shelf = shelves.of_size[index];
  *static_cast<void**>(block) = shelf.first;
  shelf.first = block;
  ++shelf.count;
}

}  // namespace ipc
