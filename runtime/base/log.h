// Where the runtime's own lines go: what a renderer did wrong, a listener that threw.
#pragma once

#include <functional>
#include <string_view>

namespace ipc {

enum class LogLevel { kWarning, kError };

// Called on any thread, also on several at once. One line, without its end.
using LogSink = std::function<void(LogLevel level, std::string_view line)>;

// Writes "ipc: LINE" to standard error.
void LogToStderr(LogLevel level, std::string_view line);

// What the runtime writes to instead of a program's own sink: `sink` gets nothing but single lines,
// whatever a peer has put into them, may throw, and may be empty, for silence.
LogSink SafeLog(LogSink sink);

}  // namespace ipc
