#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace ipc::internal {

void CheckFailed(const char* file, int line, const char* condition, const char* reason) {
  std::fprintf(stderr, "%s:%d: %s [%s]\n", file, line, reason, condition);
  std::abort();
}

}  // namespace ipc::internal
