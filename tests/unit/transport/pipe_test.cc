#include "tests/unit/transport/pipe_test.h"

#include <utility>

#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/shm/shm_pipe.h"

namespace ipc::testing {
namespace {

InprocPipePair ConnectInproc(Sequence& left, Sequence& right, const Limits& limits) {
  return MakeInprocPipes(left.runner(), right.runner(), limits);
}

InprocPipePair ConnectGrpc(SocketPair sockets, Sequence& left, Sequence& right,
                           const Limits& limits) {
  InprocPipePair pipes;
  left.Run([&] {
    pipes.left =
        *ServeGrpcPipe(std::move(sockets.left), GrpcLoop::Create(*left.loop()), {.limits = limits});
  });
  right.Run([&] {
    pipes.right =
        *ConnectGrpcPipe(std::move(sockets.right), GrpcLoop::Create(*right.loop()), limits);
  });
  return pipes;
}

// As two processes have it: each end maps what the other one made.
InprocPipePair ConnectShm(Sequence& left, Sequence& right, const Limits& limits) {
  SocketPair sockets = MakeSocketPair();
  OwnRegion::Created lefts = *OwnRegion::Create();
  OwnRegion::Created rights = *OwnRegion::Create();
  InprocPipePair pipes;
  left.Run([&] {
    pipes.left = *MakeShmPipe(*left.loop(), std::move(sockets.left), std::move(lefts.region),
                              *PeerRegion::Map(rights.fd), limits);
  });
  right.Run([&] {
    pipes.right = *MakeShmPipe(*right.loop(), std::move(sockets.right), std::move(rights.region),
                               *PeerRegion::Map(lefts.fd), limits);
  });
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
      {"Shm", Sequence::Kind::kOwnThread, ConnectShm},
  };
}

}  // namespace ipc::testing
