// A Pipe over real gRPC: one bidirectional stream of wire.proto batches on one connected socket.
//
// Main's end is a gRPC server without any listening port that serves exactly this descriptor; the
// renderer's end is a channel made from it. Both do their work on the loop's thread: grpc_loop.h
// says how.
//
// Threads     Both functions on that of `loop`; the Pipe is as every Pipe.
// Limits      gRPC's own message limit is a little above Limits::message_bytes. What a peer sends
//             beyond it gRPC refuses by itself: the sender hears RESOURCE_EXHAUSTED, and this end
//             only that the connection was lost.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "runtime/base/unique_fd.h"
#include "runtime/transport/grpc/grpc_loop.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc {

// What a foreign gRPC client said of itself in the metadata of its Connect call.
struct GrpcClientHello {
  std::string role;
  std::string token;
};

struct GrpcServerOptions {
  Limits limits;
  // Decides on a client that sent no hello of ours; called once, on the loop's sequence, before any
  // frame. Empty: the socket has had its hello and whatever the metadata say is ignored.
  std::function<absl::Status(const GrpcClientHello&)> admit;
};

// `socket` is connected and blocking or not; gRPC owns it from here on, also on failure.
absl::StatusOr<std::unique_ptr<Pipe>> ServeGrpcPipe(UniqueFd socket, std::shared_ptr<GrpcLoop> loop,
                                                    GrpcServerOptions options);
absl::StatusOr<std::unique_ptr<Pipe>> ConnectGrpcPipe(UniqueFd socket,
                                                      std::shared_ptr<GrpcLoop> loop,
                                                      const Limits& limits = {});

}  // namespace ipc
