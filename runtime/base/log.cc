#include "runtime/base/log.h"

#include <cstdio>

namespace ipc {

void LogToStderr(LogLevel level, std::string_view line) {
  const char* name = level == LogLevel::kError ? "error" : "warning";
  // One call, so that lines of several threads do not mix.
  std::fprintf(stderr, "ipc: %s: %.*s\n", name, static_cast<int>(line.size()), line.data());
}

}  // namespace ipc
