#include "tests/path/counters.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <ucontext.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "runtime/base/sanitizer.h"

namespace ipc {
namespace {

#ifndef PR_SET_SYSCALL_USER_DISPATCH
constexpr int PR_SET_SYSCALL_USER_DISPATCH = 59;
constexpr int PR_SYS_DISPATCH_ON = 1;
#endif

// What the kernel looks at before each system call of this thread: 1 sends SIGSYS instead.
thread_local volatile char refuses_system_calls = 0;
thread_local bool is_counting = false;
thread_local Counts counts;

void ShowPlace() {
  static const bool is_wanted = std::getenv("IPC_PATH_WHERE") != nullptr;
  if (!is_wanted) return;
  const char refused = std::exchange(refuses_system_calls, char{0});
  const bool counted = std::exchange(is_counting, false);
  void* frames[24];
  backtrace_symbols_fd(frames, backtrace(frames, 24), 2);
  backtrace_symbols_fd(frames, 0, 2);
  is_counting = counted;
  refuses_system_calls = refused;
}

[[maybe_unused]] void Count(uint64_t& count) {  // not where a sanitizer has the functions
  ++count;
  ShowPlace();
}

// Notes the call, and lets it and all that follow pass.
void OnSystemCall(int, siginfo_t* info, void* context) {
  refuses_system_calls = 0;
  const bool counted = std::exchange(is_counting, false);
  counts.first_system_call = info->si_syscall;
  ShowPlace();
  is_counting = counted;
  auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
  registers[REG_RAX] = info->si_syscall;
  registers[REG_RIP] -= 2;  // the `syscall` instruction, once more
}

}  // namespace

bool CanCount() { return !kHasSanitizer; }

void StartCounting() {
  struct sigaction action {};
  action.sa_sigaction = OnSystemCall;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSYS, &action, nullptr);
  prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &refuses_system_calls);
  counts = Counts();
  is_counting = true;
  refuses_system_calls = 1;
}

Counts StopCounting() {
  refuses_system_calls = 0;
  is_counting = false;
  return counts;
}

}  // namespace ipc

#ifndef IPC_HAS_SANITIZER
extern "C" {

void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) {
  if (ipc::is_counting) ipc::Count(ipc::counts.allocations);
  return __libc_malloc(size);
}

void* calloc(size_t count, size_t size) {
  if (ipc::is_counting) ipc::Count(ipc::counts.allocations);
  return __libc_calloc(count, size);
}

void* realloc(void* block, size_t size) {
  if (ipc::is_counting) ipc::Count(ipc::counts.allocations);
  return __libc_realloc(block, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  if (ipc::is_counting) ipc::Count(ipc::counts.allocations);
  return __libc_memalign(alignment, size);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  using Lock = int (*)(pthread_mutex_t*);
  static const Lock lock = reinterpret_cast<Lock>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  if (ipc::is_counting) ipc::Count(ipc::counts.locks);
  return lock(mutex);
}

void* memcpy(void* __restrict to, const void* __restrict from, size_t size) noexcept {
  if (size >= ipc::kLargeCopy && ipc::is_counting) ipc::counts.copied_bytes += size;
  void* const copied = to;
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
  return copied;
}

void* memmove(void* to, const void* from, size_t size) noexcept {
  const auto* const begin = static_cast<const char*>(from);
  auto* const copied = static_cast<char*>(to);
  if (copied <= begin || copied >= begin + size) return memcpy(to, from, size);
  for (size_t at = size; at > 0; --at) copied[at - 1] = begin[at - 1];
  return to;
}

}  // extern "C"
#endif
