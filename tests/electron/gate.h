// What a renderer stands at while its loop shall not run: the body "WaitsAtAGate" reports
// "started", then waits at the gate that a "block" names, and reports "done" once it is open.
//
// Ownership   The gate is a fifo of its own; destroying it takes it away.
// Threads     One; who waits may be another thread or process.
#pragma once

#include <filesystem>

#include "runtime/base/unique_fd.h"

namespace ipc {

class Gate {
 public:
  Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate();

  // For "block".
  const std::filesystem::path& path() const { return path_; }
  // From now on nobody waits, also who comes later. Does not wait itself.
  void Open();

 private:
  std::filesystem::path path_;
  UniqueFd end_;
};

}  // namespace ipc
