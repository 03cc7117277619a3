// The bare copy: a large message streams through a ring in chunks of 64 KiB, so that copying in and
// copying out overlap. It arrives whole before it is sent back, as a handler would have it.
#include <algorithm>
#include <memory>
#include <vector>

#include "tests/bench/subjects/limits/region.h"
#include "tests/bench/subjects/limits/ring.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

using ChunkRing = Ring<64 * 1024, 4>;
using ChunkPair = RingPair<ChunkRing>;

class End {
 public:
  End(Region region, Side side, size_t bytes)
      : region_(std::move(region)),
        own_(pair().CpuOf(side)),
        peer_(pair().CpuOf(OtherOf(side))),
        in_(pair().RingTo(side)),
        out_(pair().RingTo(OtherOf(side))),
        message_(bytes) {
    if (bytes % ChunkRing::kBytes != 0) Die("a message is not a number of whole chunks");
  }

  void Send() {
    for (size_t at = 0; at < message_.size(); at += ChunkRing::kBytes) {
      Waiting waiting(Patience::kAwake);
      while (!out_.HasRoom()) waiting.Step(own_, peer_);
      out_.Put(message_.data() + at);
    }
  }
  void Receive() {
    for (size_t at = 0; at < message_.size(); at += ChunkRing::kBytes) {
      Waiting waiting(Patience::kAwake);
      while (!in_.HasMessage()) waiting.Step(own_, peer_);
      in_.Take(message_.data() + at);
    }
  }

 private:
  ChunkPair& pair() { return region_.As<ChunkPair>(); }

  Region region_;
  OwnProcessor& own_;
  OwnProcessor& peer_;
  RingReader<ChunkRing> in_;
  RingWriter<ChunkRing> out_;
  std::vector<char> message_;
};

class ChunkedClient final : public BlockingClient {
 public:
  explicit ChunkedClient(const Session& session)
      : end_(Region::Open(session.PathOf("region"), sizeof(ChunkPair)), Side::kClient,
             session.bytes) {}

 private:
  void RoundTrip() override {
    end_.Send();
    end_.Receive();
  }

  End end_;
};

class ChunkedServer final : public Server {
 public:
  explicit ChunkedServer(const Session& session) : session_(session) {}

  void Listen() override {
    end_ = std::make_unique<End>(Region::Create(session_.PathOf("region"), sizeof(ChunkPair)),
                                 Side::kServer, session_.bytes);
  }
  void Serve() override {
    for (;;) {
      end_->Receive();
      end_->Send();
    }
  }

 private:
  const Session session_;
  std::unique_ptr<End> end_;
};

}  // namespace

Subject LimitChunked() {
  return {.name = "limit-chunked",
          .patterns = {Pattern::kRoundTrips},
          .make_server =
              [](const Session& session) { return std::make_unique<ChunkedServer>(session); },
          .make_client =
              [](const Session& session) { return std::make_unique<ChunkedClient>(session); },
          .only_large = true};
}

}  // namespace bench
