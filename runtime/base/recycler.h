// Memory for the small objects that come and go with every message.
//
// A block that is given back is kept for the next one of its size on the same thread, so that in
// steady state a message asks nobody for memory. What is kept is bounded: a burst leaves no more
// than a few hundred blocks of a size behind. Under a sanitizer nothing is kept, so that it sees
// who touches what is gone.
//
// Threads     Any. A block may be given back on another thread than it was taken on, which then
//             keeps it.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace ipc {

// Blocks of more than half a kilobyte are the heap's.
void* TakeBlock(size_t size);
void GiveBlock(void* block, size_t size);

template <typename T>
struct RecyclingAllocator {
  using value_type = T;

  RecyclingAllocator() = default;
  template <typename U>
  RecyclingAllocator(const RecyclingAllocator<U>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(size_t count) {
    static_assert(alignof(T) <= alignof(std::max_align_t));
    return static_cast<T*>(TakeBlock(count * sizeof(T)));
  }
  void deallocate(T* objects, size_t count) { GiveBlock(objects, count * sizeof(T)); }

  friend bool operator==(RecyclingAllocator, RecyclingAllocator) { return true; }
};

// std::make_shared, in such memory.
template <typename T, typename... Args>
std::shared_ptr<T> MakeRecycled(Args&&... args) {
  return std::allocate_shared<T>(RecyclingAllocator<T>(), std::forward<Args>(args)...);
}

// The base of what is made by `new` in such memory. Its destructor is virtual, or it is deleted as
// what it is.
struct Recycled {
  static void* operator new(size_t size) { return TakeBlock(size); }
  static void operator delete(void* block, size_t size) { GiveBlock(block, size); }
};

}  // namespace ipc
