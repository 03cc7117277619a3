#include "runtime/base/log.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "runtime/base/exception.h"

namespace ipc {
namespace {

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

void LogToStderr(LogLevel level, std::string_view line) {
  const char* name = level == LogLevel::kError ? "error" : "warning";
  // One call, so that lines of several threads do not mix.
  std::fprintf(stderr, "ipc: %s: %.*s\n", name, static_cast<int>(line.size()), line.data());
}

LogSink SafeLog(LogSink sink) {
  if (!sink) return [](LogLevel, std::string_view) {};
  return [sink = std::move(sink)](LogLevel level, std::string_view line) {
    std::string printable(line);
    std::replace_if(printable.begin(), printable.end(), IsControl, '?');
    try {
      sink(level, printable);
    } catch (...) {
      ReportException("the log");
    }
  };
}

}  // namespace ipc
