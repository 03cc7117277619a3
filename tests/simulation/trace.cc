#include "tests/simulation/trace.h"

#include <ostream>
#include <string>

namespace ipc::simulation {

void Trace::Add(MonotonicTime now, const std::string& line) {
  // FNV-1a: stable from one process to the next, which absl's hash is not on purpose.
  constexpr uint64_t kPrime = 1099511628211u;
  for (char byte : line) hash_ = (hash_ ^ static_cast<uint8_t>(byte)) * kPrime;
  hash_ = (hash_ ^ static_cast<uint64_t>(now.time_since_epoch().count())) * kPrime;
  if (out_ == nullptr) return;
  auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch());
  *out_ << micros.count() << " us  " << line << '\n';
}

}  // namespace ipc::simulation
