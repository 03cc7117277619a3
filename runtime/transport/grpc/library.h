// gRPC as a library of this process: whether it is up.
#pragma once

namespace ipc::internal {

// Brings gRPC up, for as long as the process lives. Left to itself it goes down with the last pipe
// and comes up again with the next, and going down can block whoever let go last for ten seconds.
// Threads: any.
void KeepGrpcUp();

}  // namespace ipc::internal
