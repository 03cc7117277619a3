// Keeps what main and the renderers of a test log.
//
// Ownership   The sinks that it has given out may outlive it.
// Threads     Any.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/base/log.h"

namespace ipc::testing {

class LogBook {
 public:
  // What keeps every line, and tells `log`, too.
  LogSink Keep(LogSink log) {
    return [kept = kept_, log = std::move(log)](LogLevel level, std::string_view line) {
      if (log) log(level, line);
      std::lock_guard lock(kept->mutex);
      kept->lines.append(line).append("\n");
    };
  }

  // One line each.
  std::string text() const {
    std::lock_guard lock(kept_->mutex);
    return kept_->lines;
  }

 private:
  struct Kept {
    std::mutex mutex;
    std::string lines;
  };

  std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
};

}  // namespace ipc::testing
