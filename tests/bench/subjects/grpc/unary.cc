// Unary calls with the blocking API, as gRPC's own tutorial makes them.
#include <memory>
#include <string>

#include "tests/bench/subjects/grpc/unary_ends.h"

namespace bench {
namespace {

class Service final : public bench_pb::Peer::Service {
  grpc::Status Echo(grpc::ServerContext*, const bench_pb::Small* request,
                    bench_pb::Small* reply) override {
    *reply = *request;
    return grpc::Status::OK;
  }
  grpc::Status EchoLarge(grpc::ServerContext*, const bench_pb::Large* request,
                         bench_pb::Large* reply) override {
    *reply = *request;
    return grpc::Status::OK;
  }
};

class UnaryClient final : public BlockingClient {
 public:
  explicit UnaryClient(const Session& session) : peer_(session) {}

 private:
  void RoundTrip() override {
    grpc::ClientContext context;
    grpc::Status status;
    if (peer_.is_small) {
      bench_pb::Small reply;
      status = peer_.stub->Echo(&context, peer_.small, &reply);
    } else {
      bench_pb::Large reply;
      status = peer_.stub->EchoLarge(&context, peer_.large, &reply);
    }
    if (!status.ok()) Die(status.error_message());
  }

  UnaryPeer peer_;
};

}  // namespace

Subject GrpcUnary() {
  return {.name = "grpc-unary",
          .patterns = kOneCallAtATime,
          .make_server = [](const Session& s) { return std::make_unique<UnaryServer<Service>>(s); },
          .make_client = [](const Session& s) { return std::make_unique<UnaryClient>(s); }};
}

}  // namespace bench
