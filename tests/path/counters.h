// What the code between Start() and Stop() asks of the C library and of the kernel on this thread:
// memory, locks, system calls, and copies of many bytes.
//
// It works by standing in for malloc, pthread_mutex_lock and memcpy in this program, and by letting
// the kernel refuse this thread's system calls (PR_SET_SYSCALL_USER_DISPATCH).
//
// Threads     Counts the thread that called Start() alone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ipc {

struct Counts {
  uint64_t allocations = 0;
  uint64_t locks = 0;
  uint64_t copied_bytes = 0;   // by copies of at least kLargeCopy
  int first_system_call = -1;  // the others are not counted
};

inline constexpr size_t kLargeCopy = 4096;

// False under a sanitizer, which stands in for the same functions itself.
bool CanCount();

// With IPC_PATH_WHERE set in the environment, the place of each allocation, lock and system call
// goes to stderr, for addr2line.
void StartCounting();
Counts StopCounting();

}  // namespace ipc
