// What the machine and bare gRPC cost, measured in the same run: the rows to divide by.
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "benchmark/benchmark.h"
#include "tests/bench/peer.grpc.pb.h"
#include "tests/bench/peer_process.h"
#include "tests/bench/servers.h"

namespace bench {
namespace {

bool ReadAll(int fd, char* bytes, size_t size) {
  while (size > 0) {
    ssize_t count = read(fd, bytes, size);
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<size_t>(count);
  }
  return true;
}

bool WriteAll(int fd, const char* bytes, size_t size) {
  return write(fd, bytes, size) == static_cast<ssize_t>(size);
}

class EchoService final : public bench_pb::Peer::Service {
  grpc::Status Echo(grpc::ServerContext*, const bench_pb::Text* request,
                    bench_pb::Text* reply) override {
    *reply = *request;
    return grpc::Status::OK;
  }
};

// 64 bytes there and back over a socketpair, both ends blocking.
void BM_UnixSocket(benchmark::State& state) {
  PeerProcess peer("unix-socket", "");
  char message[kMessageBytes] = {};
  for (auto _ : state) {
    bool is_echoed = WriteAll(peer.socket(), message, sizeof message) &&
                     ReadAll(peer.socket(), message, sizeof message);
    if (!is_echoed) {
      state.SkipWithError("the peer is gone");
      break;
    }
  }
}
BENCHMARK(BM_UnixSocket)->UseRealTime()->Unit(benchmark::kMicrosecond);

// A synchronous unary call over a unix socket, as gRPC's own tutorial makes it.
void BM_GrpcUnary(benchmark::State& state) {
  TemporarySocketPath socket;
  PeerProcess peer("grpc-unary", socket.path());
  auto channel = grpc::CreateChannel("unix:" + socket.path(), grpc::InsecureChannelCredentials());
  auto stub = bench_pb::Peer::NewStub(channel);
  bench_pb::Text request;
  request.set_text(std::string(kMessageBytes, 'x'));
  for (auto _ : state) {
    grpc::ClientContext context;
    bench_pb::Text reply;
    grpc::Status status = stub->Echo(&context, request, &reply);
    if (!status.ok()) {
      state.SkipWithError(status.error_message().c_str());
      break;
    }
  }
}
BENCHMARK(BM_GrpcUnary)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace

void ServeUnixSocket() {
  SayReady();
  char message[kMessageBytes];
  while (ReadAll(kPeerSocket, message, sizeof message) &&
         WriteAll(kPeerSocket, message, sizeof message)) {
  }
}

void ServeGrpcUnary(const std::string& socket) {
  EchoService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("unix:" + socket, grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  SayReady();
  server->Wait();
}

}  // namespace bench
