// The subject `capnp`: Cap'n Proto RPC over a unix socket. Answers start the next call from the
// event loop, as promises do there. Nothing is one-way in it: those calls are answered as well, two
// batches of them on their way.
#include <capnp/ez-rpc.h>
#include <capnp/rpc-twoparty.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/harness/roles.h"
#include "tests/bench/harness/subject.h"
#include "tests/bench/subjects/capnp/peer.capnp.h"
#include "tests/bench/subjects/texts.h"

namespace bench {
namespace {

// A message may be of any size here.
constexpr capnp::ReaderOptions kAnySize = {.traversalLimitInWords = ~uint64_t{0},
                                           .nestingLimit = 64};

std::string AddressOf(const Session& session) { return "unix:" + session.PathOf("capnp"); }

class PeerImpl final : public bench_capnp::Peer::Server {
 public:
  explicit PeerImpl(kj::Function<void(bench_capnp::Listener::Client)> on_join)
      : on_join_(kj::mv(on_join)) {}

 private:
  kj::Promise<void> echo(EchoContext context) override {
    auto request = context.getParams();
    auto reply = context.getResults();
    reply.setNumber(request.getNumber());
    reply.setText(request.getText());
    return kj::READY_NOW;
  }
  kj::Promise<void> echoLarge(EchoLargeContext context) override {
    context.getResults().setBytes(context.getParams().getBytes());
    return kj::READY_NOW;
  }
  kj::Promise<void> note(NoteContext) override { return kj::READY_NOW; }
  kj::Promise<void> join(JoinContext context) override {
    on_join_(context.getParams().getListener());
    return kj::READY_NOW;
  }

  kj::Function<void(bench_capnp::Listener::Client)> on_join_;
};

class CapnpServer final : public Server {
 public:
  explicit CapnpServer(const Session& session) : session_(session) {}
  ~CapnpServer() noexcept override = default;  // kj's destructors may throw

  void Listen() override {
    server_ = std::make_unique<capnp::EzRpcServer>(
        kj::heap<PeerImpl>([this](bench_capnp::Listener::Client listener) {
          listeners_.push_back(kj::mv(listener));
          const bool all_here = static_cast<int>(listeners_.size()) == session_.renderers;
          if (all_here) gathered_->fulfiller->fulfill();
        }),
        AddressOf(session_), 0, kAnySize);
    gathered_ = kj::heap(kj::newPromiseAndFulfiller<void>());
    server_->getPort().wait(server_->getWaitScope());
  }
  void Serve() override { kj::NEVER_DONE.wait(server_->getWaitScope()); }

  void Gather() override { gathered_->promise.wait(server_->getWaitScope()); }
  void Broadcast(Meter& meter) override {
    do {
      kj::Vector<kj::Promise<void>> heard;
      for (auto& listener : listeners_) {
        auto request = listener.hearRequest();
        request.setNumber(kNumber);
        request.setText(text_.c_str());
        heard.add(request.send().ignoreResult());
      }
      kj::joinPromises(heard.releaseAsArray()).wait(server_->getWaitScope());
    } while (meter.Completed());
  }

 private:
  const Session session_;
  const std::string text_ = SmallText();
  std::unique_ptr<capnp::EzRpcServer> server_;
  std::vector<bench_capnp::Listener::Client> listeners_;
  kj::Own<kj::PromiseFulfillerPair<void>> gathered_;
};

class ListenerImpl final : public bench_capnp::Listener::Server {
  kj::Promise<void> hear(HearContext) override { return kj::READY_NOW; }
};

class CapnpClient final : public BlockingClient {
 public:
  explicit CapnpClient(const Session& session)
      : is_small_(session.is_small()),
        bytes_(is_small_ ? 0 : session.bytes, 'x'),
        client_(AddressOf(session), 0, kAnySize),
        peer_(client_.getMain<bench_capnp::Peer>()) {}
  ~CapnpClient() noexcept override = default;

  void InFlight(Meter& meter) override {
    kj::Vector<kj::Promise<void>> chains;
    for (int i = 0; i < kWindow; ++i) chains.add(Chain(meter));
    kj::joinPromises(chains.releaseAsArray()).wait(client_.getWaitScope());
  }

  void OneWay(Meter& meter) override {
    constexpr size_t kBatch = 1'000;
    kj::Promise<void> previous = kj::READY_NOW;
    for (bool is_over = false; !is_over;) {
      kj::Vector<kj::Promise<void>> batch;
      while (batch.size() < kBatch && !is_over) {
        is_over = !meter.MaySend();
        if (!is_over) batch.add(Note());
      }
      previous.wait(client_.getWaitScope());
      previous = kj::joinPromises(batch.releaseAsArray());
    }
    previous.wait(client_.getWaitScope());
  }

  void Hear() override {
    auto request = peer_.joinRequest();
    request.setListener(kj::heap<ListenerImpl>());
    request.send().wait(client_.getWaitScope());
    kj::NEVER_DONE.wait(client_.getWaitScope());
  }

 private:
  void RoundTrip() override { (is_small_ ? Echo() : EchoLarge()).wait(client_.getWaitScope()); }

  kj::Promise<void> Chain(Meter& meter) {
    meter.Sent();
    return Echo().then([this, &meter]() -> kj::Promise<void> {
      if (meter.Answered()) return Chain(meter);
      return kj::READY_NOW;
    });
  }

  kj::Promise<void> Echo() {
    auto request = peer_.echoRequest();
    request.setNumber(kNumber);
    request.setText(text_.c_str());
    return request.send().ignoreResult();
  }
  kj::Promise<void> Note() {
    auto request = peer_.noteRequest();
    request.setNumber(kNumber);
    request.setText(text_.c_str());
    return request.send().ignoreResult();
  }
  kj::Promise<void> EchoLarge() {
    auto request = peer_.echoLargeRequest();
    request.setBytes(kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes_.data()), bytes_.size()));
    return request.send().ignoreResult();
  }

  const bool is_small_;
  const std::string text_ = SmallText();
  const std::string bytes_;
  capnp::EzRpcClient client_;
  bench_capnp::Peer::Client peer_;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  using bench::Session;
  const bench::Subject capnp = {
      .name = "capnp",
      .patterns = bench::kEverything,
      .make_server = [](const Session& s) { return std::make_unique<bench::CapnpServer>(s); },
      .make_client = [](const Session& s) { return std::make_unique<bench::CapnpClient>(s); }};
  return bench::RunRole(argc, argv, {capnp});
}
