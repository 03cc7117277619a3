// Unary calls with the blocking API, as gRPC's own tutorial makes them.
#include <memory>
#include <string>

#include "tests/bench/subjects/grpc/address.h"
#include "tests/bench/subjects/grpc/peer.grpc.pb.h"
#include "tests/bench/subjects/subjects.h"
#include "tests/bench/subjects/texts.h"

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

class UnaryClient final : public BlockingClient {
 public:
  explicit UnaryClient(const Session& session)
      : is_small_(session.is_small()), stub_(bench_pb::Peer::NewStub(GrpcChannel(session))) {
    small_.set_number(kNumber);
    small_.set_text(SmallText());
    if (!is_small_) large_.set_bytes(std::string(session.bytes, 'x'));
  }

 private:
  void RoundTrip() override {
    grpc::ClientContext context;
    grpc::Status status;
    if (is_small_) {
      bench_pb::Small reply;
      status = stub_->Echo(&context, small_, &reply);
    } else {
      bench_pb::Large reply;
      status = stub_->EchoLarge(&context, large_, &reply);
    }
    if (!status.ok()) Die(status.error_message());
  }

  const bool is_small_;
  std::unique_ptr<bench_pb::Peer::Stub> stub_;
  bench_pb::Small small_;
  bench_pb::Large large_;
};

}  // namespace

Subject GrpcUnary() {
  return {.name = "grpc-unary",
          .patterns = kOneCallAtATime,
          .make_server = [](const Session& s) { return std::make_unique<UnaryServer>(s); },
          .make_client = [](const Session& s) { return std::make_unique<UnaryClient>(s); }};
}

}  // namespace bench
