// One bidirectional stream a renderer, raw bytes: gRPC with nothing on top. `grpc-bidi` deals with
// messages on gRPC's threads; `grpc-bidi-hop` hands each to the application's thread and answers
// from there, on both sides.
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/bench/subjects/grpc/address.h"
#include "tests/bench/subjects/grpc/byte_stream.h"
#include "tests/bench/subjects/grpc/delivery.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

using ServerStream = ByteStream<grpc::ServerGenericBidiReactor>;
using ClientStream = ByteStream<grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>>;

// A message of this size wants an answer although the others want none.
constexpr size_t kFlushBytes = 1;

class OpenStream final : public ServerStream {
 public:
  using ServerStream::ServerStream;
  void OnDone() override {}  // the process ends next
};

class BidiServer final : public Server, private grpc::CallbackGenericService {
 public:
  BidiServer(const Session& session, HandledOn thread)
      : session_(session), delivery_(thread), bytes_(BytesOf(session.bytes)) {}

  void Listen() override {
    grpc::ServerBuilder builder;
    ListenForGrpc(builder, session_);
    builder.RegisterCallbackGenericService(this);
    server_ = builder.BuildAndStart();
    if (!server_) Die("the gRPC server does not start");
  }
  void Serve() override { delivery_.RunUntilOver(); }

  void Gather() override { delivery_.RunUntilOver(); }
  void Broadcast(Meter& meter) override {
    {
      std::lock_guard lock(mutex_);
      meter_ = &meter;
      SendToAll();
    }
    delivery_.RunUntilOver();
  }

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    auto* stream = new OpenStream([this](ServerStream& from, grpc::ByteBuffer bytes) {
      delivery_.Deliver([this, &from, bytes = std::move(bytes)] { OnMessage(from, bytes); });
    });
    delivery_.Deliver([this, stream] { OnStream(*stream); });
    return stream;
  }

  void OnStream(OpenStream& stream) {
    stream.Receive();
    std::lock_guard lock(mutex_);
    streams_.push_back(&stream);
    const bool all_here = static_cast<int>(streams_.size()) == session_.renderers;
    if (session_.pattern == Pattern::kBroadcast && all_here) delivery_.SetOver();
  }

  void OnMessage(ServerStream& stream, const grpc::ByteBuffer& bytes) {
    if (session_.pattern == Pattern::kBroadcast) return OnHeard();
    if (session_.pattern == Pattern::kOneWay && bytes.Length() != kFlushBytes) return;
    stream.Send(bytes);
  }

  void OnHeard() {
    std::lock_guard lock(mutex_);
    if (++heard_ < session_.renderers) return;
    if (meter_->Completed()) return SendToAll();
    delivery_.SetOver();
  }
  void SendToAll() {
    heard_ = 0;
    for (OpenStream* stream : streams_) stream->Send(bytes_);
  }

  const Session session_;
  Delivery delivery_;
  const grpc::ByteBuffer bytes_;
  std::mutex mutex_;  // what follows, where gRPC's threads deal with messages
  std::vector<OpenStream*> streams_;
  int heard_ = 0;
  Meter* meter_ = nullptr;
  std::unique_ptr<grpc::Server> server_;
};

class BidiClient final : public Client {
 public:
  BidiClient(const Session& session, HandledOn thread)
      : delivery_(thread),
        bytes_(BytesOf(session.bytes)),
        stub_(GrpcChannel(session)),
        stream_([this](ClientStream&, grpc::ByteBuffer bytes) {
          delivery_.Deliver([this, bytes = std::move(bytes)] { OnMessage(bytes); });
        }) {
    stub_.PrepareBidiStreamingCall(&context_, "/bench/Stream", {}, &stream_);
    stream_.StartCall();
    stream_.Receive();
  }

  void RoundTrips(Meter& meter) override {
    on_message_ = [&](const grpc::ByteBuffer&) {
      if (meter.Completed()) return stream_.Send(bytes_);
      delivery_.SetOver();
    };
    stream_.Send(bytes_);
    delivery_.RunUntilOver();
  }
  void InFlight(Meter& meter) override {
    on_message_ = [&](const grpc::ByteBuffer&) {
      if (meter.Answered()) return Send(meter);
      if (meter.all_answered()) delivery_.SetOver();
    };
    {
      std::lock_guard lock(mutex_);
      for (int i = 0; i < kWindow; ++i) Send(meter);
    }
    delivery_.RunUntilOver();
  }
  void OneWay(Meter& meter) override {
    on_message_ = [&](const grpc::ByteBuffer&) { delivery_.SetOver(); };
    while (meter.MaySend()) stream_.SendWhenShort(bytes_);
    stream_.Send(BytesOf(kFlushBytes));
    delivery_.RunUntilOver();
  }
  void Paced(Meter& meter) override {
    bool goes_on = true;
    on_message_ = [&](const grpc::ByteBuffer&) {
      goes_on = meter.Completed();
      delivery_.SetOver();
    };
    while (goes_on) {
      meter.AwaitBeat();
      stream_.Send(bytes_);
      delivery_.RunUntilOver();
    }
  }
  void Hear() override {
    on_message_ = [this](const grpc::ByteBuffer& bytes) { stream_.Send(bytes); };
    delivery_.RunUntilOver();
  }

 private:
  void OnMessage(const grpc::ByteBuffer& bytes) {
    std::lock_guard lock(mutex_);
    on_message_(bytes);
  }
  void Send(Meter& meter) {
    meter.Sent();
    stream_.Send(bytes_);
  }

  Delivery delivery_;
  const grpc::ByteBuffer bytes_;
  std::mutex mutex_;  // a pattern's start and its messages may be on two threads
  std::function<void(const grpc::ByteBuffer&)> on_message_ = [](const grpc::ByteBuffer&) {};
  grpc::ClientContext context_;
  grpc::GenericStub stub_;
  ClientStream stream_;
};

Subject BidiSubject(std::string name, HandledOn thread) {
  return {.name = std::move(name),
          .patterns = kEverything,
          .make_server = [=](const Session& s) { return std::make_unique<BidiServer>(s, thread); },
          .make_client = [=](const Session& s) { return std::make_unique<BidiClient>(s, thread); }};
}

}  // namespace

Subject GrpcBidi() { return BidiSubject("grpc-bidi", HandledOn::kGrpcThread); }
Subject GrpcBidiHop() { return BidiSubject("grpc-bidi-hop", HandledOn::kApplicationThread); }

}  // namespace bench
