// What the two subjects that make unary calls have in common.
#pragma once

#include <memory>
#include <string>

#include "tests/bench/subjects/grpc/address.h"
#include "tests/bench/subjects/grpc/peer.grpc.pb.h"
#include "tests/bench/subjects/subjects.h"
#include "tests/bench/subjects/texts.h"

namespace bench {

// Serves until it is killed.
template <typename Service>
class UnaryServer final : public Server {
 public:
  explicit UnaryServer(const Session& session) : session_(session) {}

  void Listen() override {
    grpc::ServerBuilder builder;
    ListenForGrpc(builder, session_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    if (!server_) Die("the gRPC server does not start");
  }
  void Serve() override { server_->Wait(); }

 private:
  const Session session_;
  Service service_;
  std::unique_ptr<grpc::Server> server_;
};

// A connection, and what is sent over it each time.
struct UnaryPeer {
  explicit UnaryPeer(const Session& session)
      : is_small(session.is_small()), stub(bench_pb::Peer::NewStub(GrpcChannel(session))) {
    small.set_number(kNumber);
    small.set_text(SmallText());
    if (!is_small) large.set_bytes(std::string(session.bytes, 'x'));
  }

  const bool is_small;
  const std::unique_ptr<bench_pb::Peer::Stub> stub;
  bench_pb::Small small;
  bench_pb::Large large;
};

}  // namespace bench
