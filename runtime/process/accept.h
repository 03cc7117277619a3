// Main's side of a connection's first moments: from a connected socket to a running pipe.
//
//   socket -> hello -> admit -> welcome -> pipe          a renderer with this library
//   socket -> HTTP/2 preface -> pipe -> admit            a gRPC client, where they are allowed
//
// Ownership   The creator owns the Acceptance; destroying it, also from inside `done`, closes the
//             socket and no callback follows. The loop outlives it.
// Threads     One sequence, that of the loop.
// Errors      All end in `done`: INVALID_ARGUMENT for bytes that are no hello, DEADLINE_EXCEEDED
//             when nobody spoke in time, UNAVAILABLE when the peer left, FAILED_PRECONDITION for
//             another protocol version, or what `admit` said. The renderer hears the last two too.
//             Where main has no memory to share, another pipe that both allow is taken, or else
//             both hear of NoSharedMemory().
// Limits      hello_bytes, one descriptor, and hello_timeout for all of it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/ids.h"
#include "runtime/base/unique_fd.h"
#include "runtime/process/choose_pipe.h"
#include "runtime/process/hello.h"
#include "runtime/process/peer_credentials.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc {

class GrpcLoop;

// Who a peer is from now on.
struct Admission {
  // NOLINTNEXTLINE(google-explicit-constructor)
  Admission(WebContentsId id, WebContentsId embedder_id = {}) : id(id), embedder_id(embedder_id) {}

  WebContentsId id;
  WebContentsId embedder_id;  // of a guest; else 0
};

// Decides who may come in, by role, token and credentials, and as which WebContents. It only
// decides: the peer may still be gone before `done` says that it is there. A gRPC client's Hello
// has its role and token alone, from its metadata. Must not throw.
using Admit = std::function<absl::StatusOr<Admission>(const Hello&, const PeerCredentials&)>;

// What all gRPC pipes of a loop share.
std::shared_ptr<GrpcLoop> ShareGrpc(EventLoop& loop);

struct AcceptOptions {
  Admit admit;
  Limits limits;
  std::vector<PipeKind> pipes = AllPipeKinds();  // that a renderer may choose from
  std::shared_ptr<GrpcLoop> grpc;  // from ShareGrpc(); without it, each pipe has one of its own
  // What to do with a peer that begins with HTTP/2 instead of a hello.
  bool allow_grpc_clients = false;
  // Told why, when shared memory was chosen, cannot be had, and another pipe is taken.
  std::function<void(const absl::Status&)> on_no_memory = {};
};

// A peer that has come in. Its pipe is not started yet.
struct Arrival {
  Admission admission;
  Hello hello;
  PeerCredentials peer;
  std::unique_ptr<Pipe> pipe;
};

class Acceptance {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<Arrival>)>;

  // `done` runs once, from the loop.
  Acceptance(EventLoop& loop, UniqueFd socket, const AcceptOptions& options, Done done);
  Acceptance(const Acceptance&) = delete;
  Acceptance& operator=(const Acceptance&) = delete;
  ~Acceptance();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ipc
