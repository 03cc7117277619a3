// The line from a process of a measurement to the runner, a unix socket in the session's folder:
//
//   -> hello server|client INDEX PID
//   -> ready {"first_answer_ns": N}     it has connected, and is warm
//   <- go START_NS                     the same for all, on the clock of all
//   -> result {...}                     of a client; of the server in a broadcast
//
// The runner reads what the processes have used between its `go` and the last result, then kills
// them.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/base/unique_fd.h"
#include "tests/bench/harness/meter.h"
#include "tests/bench/harness/session.h"

namespace bench {

class Control {
 public:
  Control(const Session& session, std::string_view role);

  // When the first answer came, 0 for none.
  void SayReady(int64_t first_answer_ns);
  // The time at which the measurement begins.
  int64_t AwaitGo();
  void Report(const Meter& meter);
  // Until the runner kills this process.
  [[noreturn]] void Stay();

 private:
  void Write(std::string_view line);

  ipc::UniqueFd socket_;
};

}  // namespace bench
