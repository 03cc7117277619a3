// The renderer's side of a connection's first moments: from a socket to a running pipe. Blocking,
// once, before the renderer's loop runs.
//
// Threads     Any one thread, that of the loop. TakeInheritedSocket() changes the environment: call
//             it before other threads read that.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/unique_fd.h"
#include "runtime/process/choose_pipe.h"
#include "runtime/process/hello.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"
#include "runtime/wire/schema_digest.h"

namespace ipc {

// The socket that main gave to this process when it launched it. Takes IPC_RENDERER_FD out of the
// environment and keeps the socket from our own children.
// Errors: NOT_FOUND when main did not launch this process, INVALID_ARGUMENT when the variable does
// not name a socket.
absl::StatusOr<UniqueFd> TakeInheritedSocket();

// Connects to the socket of a FrontDoor. Errors: UNAVAILABLE when nobody listens,
// DEADLINE_EXCEEDED.
absl::StatusOr<UniqueFd> ConnectToPath(const std::string& path, MonotonicTime deadline);

struct ConnectOptions {
  std::string role;
  std::string token;
  std::vector<SchemaDigest> schemas;
  Limits limits;
  std::vector<PipeKind> pipes = AllPipeKinds();  // to offer, best first
  // Told why, when shared memory is among `pipes`, cannot be had, and only the others are offered.
  std::function<void(const absl::Status&)> on_no_memory = {};
};

struct MainConnection {
  std::unique_ptr<Pipe> pipe;  // not started yet
  WebContentsId id;            // this renderer's
  WebContentsId embedder_id;   // of a guest; else 0
};

// Says hello on `socket` and waits, at most Limits::hello_timeout, for main's welcome. The pipe is
// one of `loop`'s, which outlives it.
// Errors: what main refused with (PERMISSION_DENIED, ...); FAILED_PRECONDITION for another protocol
// version; UNAVAILABLE, DEADLINE_EXCEEDED; OUT_OF_RANGE for too large a hello; NoSharedMemory().
absl::StatusOr<MainConnection> ConnectToMain(UniqueFd socket, EventLoop& loop,
                                             const ConnectOptions& options);

}  // namespace ipc
