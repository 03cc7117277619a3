// IPC_CHECK: ends the process, with the place and the reason, when the program that uses this
// library breaks a contract. For bugs of the caller only; never for what a peer sent or for what
// the system refused.
//
//   IPC_CHECK(!is_running_, "Run() from inside a callback");
#pragma once

namespace ipc::internal {

[[noreturn]] void CheckFailed(const char* file, int line, const char* condition,
                              const char* reason);

}  // namespace ipc::internal

#define IPC_CHECK(condition, reason)                    \
  (__builtin_expect(static_cast<bool>(condition), true) \
       ? static_cast<void>(0)                           \
       : ::ipc::internal::CheckFailed(__FILE__, __LINE__, #condition, reason))
