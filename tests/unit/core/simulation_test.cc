// Random life of two Connections on a real in-process pipe, under virtual time: whatever happens,
// each call ends exactly once, and nothing is left behind.
//
// The seeds are fixed and a failure prints its own: one seed replays one run.

#include <map>
#include <memory>
#include <random>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"
#include "runtime/core/connection.h"
#include "runtime/transport/inproc/inproc_pipe.h"

namespace ipc {

const Blocking& BlockingForTest();

namespace {

class Simulation {
 public:
  explicit Simulation(uint32_t seed) : random_(seed) {}

  void Run() {
    InprocPipePair pipes = MakeInprocPipes(loop_->task_runner(), loop_->task_runner(), limits_);
    renderer_.emplace(*this, std::move(pipes.left));
    main_.emplace(*this, std::move(pipes.right));
    for (int step = 0; step < 300; ++step) Step();
    (Pick(2) == 0 ? renderer_ : main_)->connection.Close(absl::OkStatus());
    for (int turn = 0; turn < 3; ++turn) loop_->Dispatch();

    for (const auto& [call, times] : ended_) {
      EXPECT_EQ(times, given_up_[call] ? 0 : 1) << "call " << call;
    }
  }

  size_t calls() const { return ended_.size(); }

 private:
  struct Side final : Connection::Delegate {
    Side(Simulation& simulation, std::unique_ptr<Pipe> pipe)
        : simulation(simulation),
          connection(this, {.limits = simulation.limits_,
                            .runner = simulation.loop_->task_runner(),
                            .now = [&simulation] { return simulation.now_; },
                            .is_main = true,
                            .answer_timeout = std::nullopt}) {
      connection.Attach(std::move(pipe));
    }
    void OnSend(const IncomingMessage&) override {}
    void OnInvoke(const IncomingMessage&, Responder responder) override {
      simulation.OnCall(std::move(responder));
    }
    void OnSync(const IncomingMessage&, Responder responder) override {
      simulation.OnCall(std::move(responder));
    }
    void OnNextTick(MonotonicTime when) override { next_tick = when; }
    void OnClosed(const absl::Status&) override {}

    Simulation& simulation;
    std::optional<MonotonicTime> next_tick;
    Connection connection;
  };

  uint32_t Pick(uint32_t count) { return static_cast<uint32_t>(random_() % count); }

  void Step() {
    switch (Pick(8)) {
      case 0:
      case 1:
      case 2:
        return Call(FrameKind::kInvoke);
      case 3:
        return Call(FrameKind::kSync);
      case 4:
        return GiveUp();
      case 5:
        return AnswerLater();
      case 6:
        return Pass(milliseconds(Pick(20)));
      default:
        loop_->Dispatch();
    }
  }

  void Call(FrameKind kind) {
    size_t call = ended_.size();
    ended_[call] = 0;
    MonotonicTime deadline = Pick(2) == 0 ? kForever : now_ + milliseconds(1 + Pick(30));
    auto done = [this, call](const Reply&) { ++ended_[call]; };
    Connection& connection = renderer_->connection;
    if (kind == FrameKind::kSync) {
      // Nobody else can act while it blocks: main answers at once, or it waits for its deadline.
      absl::Status sent = connection.InvokeSync(BlockingForTest(), {.channel = "sync"},
                                                EmptyPayload(), deadline, std::move(done));
      if (!sent.ok()) given_up_[call] = true;
      return;
    }
    absl::StatusOr<CallId> id =
        connection.Invoke({.channel = "call"}, EmptyPayload(), deadline, std::move(done));
    if (id.ok()) {
      cancellable_.emplace_back(call, *id);
    } else {
      given_up_[call] = true;
    }
  }

  void GiveUp() {
    if (cancellable_.empty()) return;
    auto [call, id] = cancellable_[Pick(static_cast<uint32_t>(cancellable_.size()))];
    if (ended_[call] == 0) given_up_[call] = true;
    renderer_->connection.Cancel(id);
  }

  void OnCall(Responder responder) {
    switch (Pick(3)) {
      case 0:
        return responder.Reply(EmptyPayload());
      case 1:
        return;  // dropped
      default:
        owed_.push_back(std::move(responder));
    }
  }

  void AnswerLater() {
    if (owed_.empty()) return;
    size_t chosen = Pick(static_cast<uint32_t>(owed_.size()));
    owed_[chosen].Reply(EmptyPayload());
    owed_.erase(owed_.begin() + static_cast<ptrdiff_t>(chosen));
  }

  void Pass(milliseconds time) {
    now_ += time;
    for (Side* side : {&*renderer_, &*main_}) {
      if (!side->next_tick || *side->next_tick > now_) continue;
      side->next_tick.reset();
      side->connection.Tick(now_);
    }
  }

  std::mt19937 random_;
  Limits limits_{.calls_in_flight = 20};
  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  MonotonicTime now_{std::chrono::hours(1)};
  std::map<size_t, int> ended_;      // how often each call has ended
  std::map<size_t, bool> given_up_;  // refused or cancelled: it never ends
  std::vector<std::pair<size_t, CallId>> cancellable_;
  std::optional<Side> main_;
  std::optional<Side> renderer_;
  std::vector<Responder> owed_;
};

TEST(ConnectionSimulation, EveryCallEndsExactlyOnce) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Simulation simulation(seed);
    simulation.Run();
    ASSERT_GT(simulation.calls(), 0u);
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace ipc
