// How a benchmark's process ends when it cannot go on: the runner prints what it said, and the
// cell that it measured counts as failed.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string_view>

namespace bench {

[[noreturn]] inline void Die(std::string_view why) {
  std::cerr << "bench: " << why << std::endl;
  std::_Exit(EXIT_FAILURE);
}

// For system calls: `is_ok` or errno.
inline void Require(bool is_ok, std::string_view what) {
  if (is_ok) return;
  const char* error = std::strerror(errno);
  std::cerr << "bench: " << what << ": " << error << std::endl;
  std::_Exit(EXIT_FAILURE);
}

}  // namespace bench
