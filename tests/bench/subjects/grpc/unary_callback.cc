// Unary calls with the callback API on both sides: each answer starts the next call from gRPC's own
// thread.
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "tests/bench/subjects/grpc/unary_ends.h"

namespace bench {
namespace {

class Service final : public bench_pb::Peer::CallbackService {
  // The other functions of these names are those of the blocking API.
  using bench_pb::Peer::CallbackService::Echo;
  using bench_pb::Peer::CallbackService::EchoLarge;

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const bench_pb::Small* request, bench_pb::Small* reply) override {
    *reply = *request;
    return Finish(context);
  }
  grpc::ServerUnaryReactor* EchoLarge(grpc::CallbackServerContext* context,
                                      const bench_pb::Large* request,
                                      bench_pb::Large* reply) override {
    *reply = *request;
    return Finish(context);
  }

  static grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context) {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

class CallbackClient final : public Client {
 public:
  explicit CallbackClient(const Session& session) : peer_(session) {}

  void RoundTrips(Meter& meter) override {
    Start([&meter] { return meter.Completed(); });
    AwaitEnd();
  }
  void InFlight(Meter& meter) override {
    for (int i = 0; i < kWindow; ++i) {
      std::lock_guard lock(mutex_);
      meter.Sent();
      Start([&meter] {
        const bool goes_on = meter.Answered();
        if (goes_on) meter.Sent();
        return goes_on;
      });
    }
    AwaitEnd();
  }
  void Paced(Meter& meter) override {
    bool goes_on = true;
    while (goes_on) {
      meter.AwaitBeat();
      Start([&] {
        goes_on = meter.Completed();
        return false;
      });
      AwaitEnd();
    }
  }

 private:
  // One chain of calls: each answer asks `goes_on`, under the lock, whether there is another.
  struct Chain {
    std::function<bool()> goes_on;
    std::unique_ptr<grpc::ClientContext> context;
    bench_pb::Small small_reply;
    bench_pb::Large large_reply;
  };

  void Start(std::function<bool()> goes_on) {
    ++chains_;
    Call(std::make_shared<Chain>(Chain{.goes_on = std::move(goes_on)}));
  }

  void Call(const std::shared_ptr<Chain>& chain) {
    chain->context = std::make_unique<grpc::ClientContext>();
    auto done = [this, chain](const grpc::Status& status) { OnAnswer(chain, status); };
    if (peer_.is_small) {
      peer_.stub->async()->Echo(chain->context.get(), &peer_.small, &chain->small_reply,
                                std::move(done));
    } else {
      peer_.stub->async()->EchoLarge(chain->context.get(), &peer_.large, &chain->large_reply,
                                     std::move(done));
    }
  }

  void OnAnswer(const std::shared_ptr<Chain>& chain, const grpc::Status& status) {
    if (!status.ok()) Die(status.error_message());
    {
      std::lock_guard lock(mutex_);
      if (!chain->goes_on()) {
        if (--chains_ == 0) ended_.notify_one();
        return;
      }
    }
    Call(chain);
  }

  void AwaitEnd() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return chains_ == 0; });
  }

  UnaryPeer peer_;
  std::mutex mutex_;
  std::condition_variable ended_;
  int chains_ = 0;
};

}  // namespace

Subject GrpcUnaryCallback() {
  return {.name = "grpc-unary-callback",
          .patterns = kCalls,
          .make_server = [](const Session& s) { return std::make_unique<UnaryServer<Service>>(s); },
          .make_client = [](const Session& s) { return std::make_unique<CallbackClient>(s); }};
}

}  // namespace bench
