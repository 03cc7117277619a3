// gRPC beside an event loop: what all pipes of that loop share.
//
// gRPC does its work, and says what is done, on whichever thread asks its completion queue. That is
// the loop's own thread as long as it is awake: it polls the queue, a little longer than there is
// something to do, and nothing is handed from thread to thread between socket and handler. A loop
// that sleeps waits in epoll, where gRPC cannot wake it; so a thread of ours sleeps in gRPC for it,
// and does nothing else. One of the two has the queue:
//
//   the loop has it     polls, and gives it away before it sleeps
//   the thread has it   sleeps in gRPC; gives it back with the first thing that comes, and wakes
//                       the loop
//
// Ownership   Shared by the pipes and who makes them. The last to let go waits until gRPC has let
//             go of everything too: for a peer that still reads what it was sent, at most 250 ms.
//             The EventLoop outlives it.
// Threads     The loop's. gRPC, and the thread, come up with the first pipe.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/poller.h"
#include "runtime/transport/grpc/patience.h"

struct grpc_completion_queue;

namespace ipc {

namespace internal {
class Completion;
}

class GrpcLoop final : private Poller {
 public:
  static std::shared_ptr<GrpcLoop> Create(EventLoop& loop);
  GrpcLoop(const GrpcLoop&) = delete;
  GrpcLoop& operator=(const GrpcLoop&) = delete;
  ~GrpcLoop();

  EventLoop& loop() const { return loop_; }

  // --- For the streams of this folder.

  // Where their operations end, each with a Completion as its tag.
  grpc_completion_queue* queue();

  // A call that gRPC knows, and may still talk of.
  class Stream {
   public:
    // Ends in whatever state it is.
    virtual void EndNow() = 0;

   protected:
    ~Stream() = default;
  };
  void AddStream(Stream* stream) { streams_.insert(stream); }
  void RemoveStream(Stream* stream) { streams_.erase(stream); }

  // Starts something that may well be over at once: if so, its completion runs before this returns.
  void RunAtOnce(absl::FunctionRef<void()> start);

  // A message of so many bytes has just set out, or come.
  void NoteMessage(size_t bytes);

  // Runs the completions that are there, or waits for one. False: there was none before `deadline`,
  // or before somebody said stop.
  bool RunOnce(MonotonicTime deadline, const std::stop_token& stop_token);

 private:
  struct Event {
    internal::Completion* completion;
    bool ok;
  };
  enum class Holder { kLoop, kThread };

  explicit GrpcLoop(EventLoop& loop) : loop_(loop) {}

  void Poll() override;
  bool HasWork() override;
  void FallAsleep() override;
  void WakeUp() override {}
  // Who has just been heard, or spoken to, may well say something soon.
  PeerPlace peer_place() const override {
    return is_expecting_ && !is_crowded_ ? PeerPlace::kElsewhere : PeerPlace::kQuiet;
  }

  // With the queue in the loop's hands: looks what is there now. False: nothing.
  bool Look();
  // True when the queue is in the loop's hands.
  bool TakeQueue();
  // With the queue in the thread's hands: waits until it is back.
  bool AwaitQueue(MonotonicTime deadline, const std::stop_token& stop_token);

  void RunThread();

  EventLoop& loop_;
  grpc_completion_queue* queue_ = nullptr;
  absl::flat_hash_set<Stream*> streams_;
  internal::Patience patience_;
  bool is_expecting_ = false;
  bool is_crowded_ = false;
  bool has_queue_ = true;      // as far as the loop knows
  std::optional<Event> came_;  // with the queue

  std::mutex mutex_;
  std::condition_variable given_;     // to the thread
  std::condition_variable returned_;  // to the loop
  Holder holder_ = Holder::kLoop;
  std::optional<Event> handed_;
  bool is_awaited_ = false;  // the loop's thread blocks until the queue is back
  bool is_ending_ = false;
  std::thread thread_;
};

}  // namespace ipc
