// The bare ring: what two processes that trust each other pay for 64 bytes, and nothing else.
//
// It spins. Sides sleep where the work is to be asleep (one call a millisecond), and renderers
// where they are many. The server of many goes around, 64 messages a renderer and turn at most, and
// lets a renderer run that shares its processor; renderers that share one take turns. Without that,
// the ring is faster and starves the slowest.
#include <sched.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/subjects/limits/region.h"
#include "tests/bench/subjects/limits/ring.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

using SmallRing = Ring<kSmallBytes, 4096>;
using SmallPair = RingPair<SmallRing>;
using Message = std::array<char, kSmallBytes>;

// The first byte of a message that wants an answer although the others want none.
constexpr char kFlush = 1;

std::string PathOf(const Session& session, int index) {
  return session.PathOf("region-" + std::to_string(index));
}

// One end: what either side does with its two rings.
class End {
 public:
  End(Region region, Side side)
      : region_(std::move(region)),
        pair_(region_.As<SmallPair>()),
        own_(pair_.CpuOf(side)),
        peer_(pair_.CpuOf(OtherOf(side))),
        in_(pair_.RingTo(side)),
        out_(pair_.RingTo(OtherOf(side))) {
    own_.Publish();
  }

  bool HasMessage() { return in_.HasMessage(); }
  bool HasRoom() { return out_.HasRoom(); }
  void Take(Message& message) { in_.Take(message.data()); }
  void Put(const Message& message) { out_.Put(message.data()); }
  void Wake() { out_.WakeReader(); }

  void AwaitMessage(Patience patience) {
    Waiting waiting(patience);
    while (!HasMessage()) {
      if (waiting.wants_sleep()) {
        in_.Sleep();
      } else {
        waiting.Step(own_, peer_);
      }
    }
  }
  void AwaitRoom() {
    Waiting waiting(Patience::kAwake);
    while (!HasRoom()) waiting.Step(own_, peer_);
  }
  bool shares_processor() {
    own_.Publish();
    return own_.get() == peer_.get();
  }
  void Step(Waiting& waiting) { waiting.Step(own_, peer_); }

 private:
  Region region_;
  SmallPair& pair_;
  OwnProcessor& own_;
  OwnProcessor& peer_;
  RingReader<SmallRing> in_;
  RingWriter<SmallRing> out_;
};

class RingClient final : public BlockingClient {
 public:
  explicit RingClient(const Session& session)
      : patience_(PatienceOf(session)),
        end_(Region::Open(PathOf(session, session.index), sizeof(SmallPair)), Side::kClient) {}

  void InFlight(Meter& meter) override {
    for (int i = 0; i < kWindow; ++i) Send(meter);
    while (!meter.all_answered()) {
      end_.AwaitMessage(patience_);
      do {
        end_.Take(message_);
        if (meter.Answered()) Send(meter);
      } while (end_.HasMessage());
    }
  }

  void OneWay(Meter& meter) override {
    message_[0] = 0;
    while (meter.MaySend()) {
      end_.AwaitRoom();
      end_.Put(message_);
    }
    message_[0] = kFlush;
    end_.AwaitRoom();
    RoundTrip();
  }

  void Hear() override {
    for (;;) {
      end_.AwaitMessage(patience_);
      end_.Take(message_);
      end_.Put(message_);
    }
  }

 private:
  void RoundTrip() override {
    end_.Put(message_);
    if (patience_ == Patience::kPaced) end_.Wake();
    end_.AwaitMessage(patience_);
    end_.Take(message_);
    if (patience_ == Patience::kCrowded && ++round_trips_ % kTurn == 0) sched_yield();
  }
  void Send(Meter& meter) {
    meter.Sent();
    end_.Put(message_);
  }

  static Patience PatienceOf(const Session& session) {
    if (session.pattern == Pattern::kPaced) return Patience::kPaced;
    return session.renderers > 1 ? Patience::kCrowded : Patience::kAwake;
  }

  // Renderers that never wait long let each other run after so many round trips.
  static constexpr uint64_t kTurn = 64;

  const Patience patience_;
  uint64_t round_trips_ = 0;
  End end_;
  Message message_{};
};

class RingServer final : public Server {
 public:
  explicit RingServer(const Session& session) : session_(session) {}

  void Listen() override {
    for (int i = 0; i < session_.renderers; ++i) {
      ends_.push_back(std::make_unique<End>(Region::Create(PathOf(session_, i), sizeof(SmallPair)),
                                            Side::kServer));
    }
  }

  void Serve() override {
    if (session_.pattern == Pattern::kPaced) ServeAsleep(*ends_.front());
    Waiting waiting(Patience::kAwake);
    for (;;) {
      bool has_answered = false;
      bool shares_processor = false;
      for (const auto& end : ends_) {
        if (!Answer(*end)) continue;
        has_answered = true;
        shares_processor |= end->shares_processor();
      }
      if (!has_answered) {
        ends_.front()->Step(waiting);
        continue;
      }
      waiting.Reset();
      if (shares_processor) sched_yield();
    }
  }

  void Gather() override {}

  void Broadcast(Meter& meter) override {
    do {
      for (const auto& end : ends_) {
        end->Put(message_);
        end->Wake();
      }
      for (const auto& end : ends_) {
        end->AwaitMessage(Patience::kAwake);
        end->Take(message_);
      }
    } while (meter.Completed());
  }

 private:
  static constexpr int kBudget = 64;

  [[noreturn]] void ServeAsleep(End& end) {
    for (;;) {
      end.AwaitMessage(Patience::kPaced);
      end.Take(message_);
      end.Put(message_);
      end.Wake();
    }
  }

  // Whether there was anything to do.
  bool Answer(End& end) {
    int taken = 0;
    for (; taken < kBudget && end.HasMessage() && end.HasRoom(); ++taken) {
      end.Take(message_);
      if (session_.pattern != Pattern::kOneWay || message_[0] == kFlush) end.Put(message_);
    }
    if (taken > 0 && ends_.size() > 1) end.Wake();
    return taken > 0;
  }

  const Session session_;
  std::vector<std::unique_ptr<End>> ends_;
  Message message_{};
};

}  // namespace

Subject LimitRing() {
  return {
      .name = "limit-ring",
      .patterns = kEverything,
      .make_server = [](const Session& session) { return std::make_unique<RingServer>(session); },
      .make_client = [](const Session& session) { return std::make_unique<RingClient>(session); },
      .only_small = true};
}

}  // namespace bench
