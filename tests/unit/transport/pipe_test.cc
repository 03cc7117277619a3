#include "tests/unit/transport/pipe_test.h"

#include <utility>

#include "runtime/transport/grpc/grpc_pipe.h"

namespace ipc::testing {
namespace {

InprocPipePair ConnectInproc(Sequence& left, Sequence& right, const Limits& limits) {
  return MakeInprocPipes(left.runner(), right.runner(), limits);
}

InprocPipePair ConnectGrpc(SocketPair sockets, Sequence& left, Sequence& right,
                           const Limits& limits) {
  InprocPipePair pipes;
  left.Run([&] {
    pipes.left = *ServeGrpcPipe(std::move(sockets.left), left.runner(), {.limits = limits});
  });
  right.Run(
      [&] { pipes.right = *ConnectGrpcPipe(std::move(sockets.right), right.runner(), limits); });
  return pipes;
}

}  // namespace

std::vector<Transport> AllTransports() {
  return {
      {"InprocOnOneThread", Sequence::Kind::kThisThread, ConnectInproc},
      {"InprocOnTwoThreads", Sequence::Kind::kOwnThread, ConnectInproc},
      {"GrpcOnASocketPair", Sequence::Kind::kOwnThread,
       [](Sequence& left, Sequence& right, const Limits& limits) {
         return ConnectGrpc(MakeSocketPair(), left, right, limits);
       }},
      {"GrpcOnAnAcceptedSocket", Sequence::Kind::kOwnThread,
       [](Sequence& left, Sequence& right, const Limits& limits) {
         return ConnectGrpc(AcceptUnixSocket(), left, right, limits);
       }},
  };
}

}  // namespace ipc::testing
