#include "runtime/transport/grpc/grpc_loop.h"

#include <grpc/grpc.h>
#include <grpc/support/time.h>

#include <utility>

#include "runtime/base/spin.h"
#include "runtime/transport/grpc/completion.h"
#include "runtime/transport/grpc/library.h"
#include "runtime/transport/grpc/settings.h"
#include "runtime/transport/grpc/slice.h"

namespace ipc {
namespace {

// So that the loop's timers and other descriptors have their turn while peers flood this one.
constexpr int kEventsPerTurn = 64;

// What a loop has instead of its spin budget on a crowded processor: long enough for an answer that
// is about to come.
constexpr int kLooksInCrowd = 8;

}  // namespace

std::shared_ptr<GrpcLoop> GrpcLoop::Create(EventLoop& loop) {
  return std::shared_ptr<GrpcLoop>(new GrpcLoop(loop));
}

GrpcLoop::~GrpcLoop() {
  if (queue_ == nullptr) return;
  const MonotonicTime patience = loop_.Now() + internal::kLinger;
  while (!streams_.empty() && RunOnce(patience, {})) continue;
  const auto late = streams_;
  for (Stream* stream : late) stream->EndNow();
  while (!streams_.empty()) RunOnce(kForever, {});
  loop_.RemovePoller(this);
  grpc_completion_queue_shutdown(queue_);  // which ends the thread's sleep
  {
    std::lock_guard lock(mutex_);
    is_ending_ = true;
    given_.notify_one();
  }
  thread_.join();
  const gpr_timespec forever = gpr_inf_future(GPR_CLOCK_MONOTONIC);
  while (grpc_completion_queue_next(queue_, forever, nullptr).type != GRPC_QUEUE_SHUTDOWN) continue;
  grpc_completion_queue_destroy(queue_);
}

grpc_completion_queue* GrpcLoop::queue() {
  if (queue_ == nullptr) {
    internal::KeepGrpcUp();
    queue_ = grpc_completion_queue_create_for_next(nullptr);
    thread_ = std::thread([this] { RunThread(); });
    loop_.AddPoller(this);
  }
  return queue_;
}

void GrpcLoop::RunAtOnce(absl::FunctionRef<void()> start) {
  // gRPC keeps the first completion on this thread for us: it neither goes through the queue nor
  // wakes the thread that sleeps there.
  is_expecting_ = true;
  grpc_completion_queue_thread_local_cache_init(queue_);
  start();
  void* tag = nullptr;
  int ok = 0;
  if (grpc_completion_queue_thread_local_cache_flush(queue_, &tag, &ok) == 0) return;
  static_cast<internal::Completion*>(tag)->OnDone(ok != 0);
}

void GrpcLoop::NoteMessage(size_t bytes) {
  if (bytes <= internal::kBatchBytes || loop_.spin_budget() <= microseconds::zero()) return;
  patience_.AwaitLarge(bytes);
}

bool GrpcLoop::RunOnce(MonotonicTime deadline, const std::stop_token& stop_token) {
  if (!SpinUntil(PeerPlace::kElsewhere, loop_.spin_budget(), [this] { return HasWork(); })) {
    FallAsleep();
    if (!AwaitQueue(deadline, stop_token)) return false;
  }
  Poll();
  loop_.RecheckPollers();  // it may not be running, and the queue is here
  return true;
}

void GrpcLoop::Poll() {
  if (!TakeQueue()) return;
  int events = 0;
  for (; events < kEventsPerTurn && (came_ || Look()); ++events) {
    const Event event = *std::exchange(came_, std::nullopt);
    event.completion->OnDone(event.ok);
  }
  if (events > 0) {
    is_expecting_ = true;
  } else if (patience_.awaits_large() && !patience_.is_crowded()) {
    patience_.Yield();
  }
}

bool GrpcLoop::HasWork() {
  if (!TakeQueue()) return false;
  is_crowded_ = patience_.is_crowded();
  for (int looks = is_crowded_ ? kLooksInCrowd : 1; looks > 0; --looks) {
    if (came_ || Look()) return true;
  }
  if (is_crowded_) return false;
  // Half a message is no event, but asking moves its bytes.
  if (patience_.awaits_large()) return true;
  // A look is a system call: who needs this processor may have it in between.
  patience_.Yield();
  return false;
}

bool GrpcLoop::Look() {
  const grpc_event event =
      grpc_completion_queue_next(queue_, gpr_time_0(GPR_CLOCK_MONOTONIC), nullptr);
  if (event.type != GRPC_OP_COMPLETE) return false;
  came_ = {static_cast<internal::Completion*>(event.tag), event.success != 0};
  return true;
}

void GrpcLoop::FallAsleep() {
  is_expecting_ = false;
  if (came_ || !std::exchange(has_queue_, false)) return;
  std::lock_guard lock(mutex_);
  holder_ = Holder::kThread;
  given_.notify_one();
}

bool GrpcLoop::TakeQueue() {
  if (has_queue_) return true;
  std::lock_guard lock(mutex_);
  if (holder_ != Holder::kLoop) return false;
  came_ = std::exchange(handed_, std::nullopt);
  return has_queue_ = true;
}

bool GrpcLoop::AwaitQueue(MonotonicTime deadline, const std::stop_token& stop_token) {
  {
    // Made before the lock is taken and destroyed after it: who stops us holds it meanwhile.
    std::stop_callback wake_up(stop_token, [this] {
      std::lock_guard lock(mutex_);
      returned_.notify_one();
    });
    std::unique_lock lock(mutex_);
    auto is_over = [&] { return holder_ == Holder::kLoop || stop_token.stop_requested(); };
    is_awaited_ = true;
    if (deadline == kForever) {
      returned_.wait(lock, is_over);
    } else {
      returned_.wait_until(lock, deadline, is_over);
    }
    is_awaited_ = false;
  }
  return TakeQueue();
}

void GrpcLoop::RunThread() {
  std::unique_lock lock(mutex_);
  for (;;) {
    given_.wait(lock, [this] { return holder_ == Holder::kThread || is_ending_; });
    if (is_ending_) return;
    lock.unlock();
    const grpc_event event =
        grpc_completion_queue_next(queue_, gpr_inf_future(GPR_CLOCK_MONOTONIC), nullptr);
    lock.lock();
    if (event.type != GRPC_OP_COMPLETE) return;  // the queue was shut down
    handed_ = {static_cast<internal::Completion*>(event.tag), event.success != 0};
    holder_ = Holder::kLoop;
    if (is_awaited_) {
      returned_.notify_one();
      continue;
    }
    lock.unlock();
    loop_.task_runner()->Post([] {});  // awake, the loop polls
    lock.lock();
  }
}

}  // namespace ipc
