// The bare ring: what two processes that trust each other pay for 64 bytes, and nothing else.
//
// It spins. Sides sleep where the work is to be asleep (one call a millisecond), and renderers
// where they are many. The server of many goes around, 64 messages a renderer and turn at most, and
// lets a renderer run that shares its processor: without that, the ring is faster and starves the
// slowest.
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
  End(Region region, bool is_server)
      : region_(std::move(region)),
        pair_(region_.As<SmallPair>()),
        own_(is_server ? pair_.server_cpu : pair_.client_cpu),
        peer_(is_server ? pair_.client_cpu : pair_.server_cpu),
        in_(is_server ? pair_.to_server : pair_.to_client),
        out_(is_server ? pair_.to_client : pair_.to_server) {
    own_.Publish();
  }

  bool HasMessage() { return in_.HasMessage(); }
  bool HasRoom() { return out_.HasRoom(); }
  void Take(Message& message) { in_.Take(message.data()); }
  void Put(const Message& message) { out_.Put(message.data()); }
  void Wake() { out_.WakeReader(); }

  void AwaitMessage(bool may_sleep, bool in_crowd = false) {
    Waiting waiting(in_crowd);
    while (!HasMessage()) {
      if (may_sleep && waiting.wants_sleep()) {
        in_.Sleep();
      } else {
        waiting.Step(own_, peer_);
      }
    }
  }
  void AwaitRoom() {
    Waiting waiting;
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
      : in_crowd_(session.renderers > 1),
        may_sleep_(in_crowd_ || session.pattern == Pattern::kPaced),
        end_(Region::Open(PathOf(session, session.index), sizeof(SmallPair)), false) {}

  void InFlight(Meter& meter) override {
    for (int i = 0; i < kWindow; ++i) Send(meter);
    while (!meter.all_answered()) {
      end_.AwaitMessage(false);
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
      Await();
      end_.Take(message_);
      end_.Put(message_);
    }
  }

 private:
  void RoundTrip() override {
    end_.Put(message_);
    if (may_sleep_) end_.Wake();
    Await();
    end_.Take(message_);
  }
  void Await() { end_.AwaitMessage(may_sleep_, in_crowd_); }
  void Send(Meter& meter) {
    meter.Sent();
    end_.Put(message_);
  }

  const bool in_crowd_;
  const bool may_sleep_;
  End end_;
  Message message_{};
};

class RingServer final : public Server {
 public:
  explicit RingServer(const Session& session) : session_(session) {}

  void Listen() override {
    for (int i = 0; i < session_.renderers; ++i) {
      ends_.push_back(
          std::make_unique<End>(Region::Create(PathOf(session_, i), sizeof(SmallPair)), true));
    }
  }

  void Serve() override {
    if (session_.pattern == Pattern::kPaced) ServeAsleep(*ends_.front());
    Waiting waiting;
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
        end->AwaitMessage(false);
        end->Take(message_);
      }
    } while (meter.Completed());
  }

 private:
  static constexpr int kBudget = 64;

  [[noreturn]] void ServeAsleep(End& end) {
    for (;;) {
      end.AwaitMessage(true);
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
