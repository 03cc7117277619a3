// posix_spawn with everything that makes a child ours: its descriptors, environment, directory and
// signals. Never a bare fork: with threads around, the copy could only ever call exec.
#pragma once

#include <sys/types.h>

#include "absl/status/statusor.h"
#include "runtime/process/child_process.h"

namespace ipc::internal {

// Starts a process whose descriptor kRendererFd is a copy of `socket`. The caller reaps it.
// Errors: whatever the system says, with the program's name.
absl::StatusOr<pid_t> Spawn(const LaunchOptions& options, int socket);

}  // namespace ipc::internal
