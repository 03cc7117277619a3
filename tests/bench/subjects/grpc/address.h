// Where the gRPC servers listen, and channels to it.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "tests/bench/harness/session.h"

namespace bench {

inline std::string GrpcAddress(const Session& session) { return "unix:" + session.PathOf("grpc"); }

inline std::shared_ptr<grpc::Channel> GrpcChannel(const Session& session) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(GrpcAddress(session), grpc::InsecureChannelCredentials(),
                                   arguments);
}

inline void ListenForGrpc(grpc::ServerBuilder& builder, const Session& session) {
  builder.AddListeningPort(GrpcAddress(session), grpc::InsecureServerCredentials());
  builder.SetMaxReceiveMessageSize(-1);
}

}  // namespace bench
