// EventLoop on epoll. One descriptor holds everything that can wake the loop: the watched
// descriptors, the task queue's eventfd, and a timerfd for the next timer. So whoever polls fd()
// from a loop of their own misses nothing. Pollers, which no descriptor speaks for while the loop
// is awake, are looked at in each turn, and the descriptors a little less often then.
#include <sys/epoll.h>
#include <sys/timerfd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "runtime/base/check.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/internal/poller_list.h"
#include "runtime/base/internal/task_queue_eventfd.h"
#include "runtime/base/internal/timer_queue.h"
#include "runtime/base/unique_fd.h"

namespace ipc {
namespace {

using OnReady = absl::AnyInvocable<void(uint32_t events)>;

// What epoll hands back instead of a WatchId for the loop's own descriptors.
constexpr uint64_t kTaskQueue = 0;
constexpr uint64_t kTimer = UINT64_MAX;

// Descriptors served in one turn. The kernel rotates, so more of them wait their turn.
constexpr size_t kEventsPerTurn = 64;

// While pollers have work: how long descriptors and timers wait to be looked at, and how often the
// clock is read for that.
constexpr microseconds kDescriptorsWait{50};
constexpr uint32_t kRoundsPerClock = 4;

absl::Status AddToEpoll(int epoll_fd, int fd, uint32_t events, uint64_t key) {
  epoll_event event{.events = events, .data = {.u64 = key}};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, "epoll_ctl");
}

}  // namespace

class EventLoop::Impl {
 public:
  static absl::StatusOr<std::unique_ptr<Impl>> Create(Clock clock);
  ~Impl();

  void Run();
  bool Dispatch();
  void Quit() { tasks_->Quit(); }
  void Close();
  int fd() const { return epoll_fd_.get(); }
  const std::shared_ptr<TaskRunner>& task_runner() const { return runner_; }

  MonotonicTime Now() const { return clock_ ? clock_() : std::chrono::steady_clock::now(); }
  TimerId StartTimer(MonotonicTime when, Task task);
  void CancelTimer(TimerId id) { timers_.Cancel(id); }
  MonotonicTime next_timer() const { return timers_.next(); }
  absl::StatusOr<WatchId> Watch(int fd, uint32_t events, OnReady on_ready);
  void Unwatch(WatchId id);

  void AddPoller(Poller* poller);
  void RemovePoller(Poller* poller) { pollers_.Remove(poller); }
  void RecheckPollers();
  void SetSpinBudget(microseconds budget) { spin_budget_ = budget; }
  microseconds spin_budget() const { return spin_budget_; }

 private:
  struct Watched {
    int fd;
    OnReady on_ready;
  };
  enum class Until { kQuit, kDone };
  enum class Next {
    kPoll,   // there is, or may be at any moment, more to poll
    kLook,   // the descriptors have waited long enough
    kSleep,  // nothing to do
  };

  Impl(UniqueFd epoll_fd, UniqueFd timer_fd, std::shared_ptr<internal::TaskQueue> tasks,
       Clock clock);

  bool IsOwnThread() const;
  // Ends the process when this thread must not run the loop now.
  void CheckMayRun() const;

  // Runs what is ready, once each. What comes up meanwhile waits for the next turn, so nothing
  // keeps the rest from running. Callbacks that throw end the process here.
  void Turn(int timeout_ms, Until until) noexcept;
  void CallWatch(const epoll_event& event);
  // Polls, and waits a moment for more.
  Next PollAndSpin() noexcept;
  void Poll(Until until) noexcept;
  bool IsTimeToLook();
  void RunTimers();
  void RunTasks();
  bool IsOver() const { return until_ == Until::kQuit && tasks_->should_quit(); }

  // Sets the timerfd for the next timer, unless it will fire by then anyway.
  void ArmTimer();
  void SetTimer(MonotonicTime when);
  // Nothing wakes the loop from here on but a descriptor. False: there is something to do.
  bool TryToSleep();
  // Leaves fd() readable if there is something to do.
  void Rest();

  const Clock clock_;  // empty: the machine's, which the timerfd goes by
  const UniqueFd epoll_fd_;
  const UniqueFd timer_fd_;
  const std::shared_ptr<internal::TaskQueue> tasks_;
  const std::shared_ptr<TaskRunner> runner_ = tasks_;
  std::optional<CurrentTaskRunner> serves_;  // until Close()
  const std::thread::id thread_ = std::this_thread::get_id();

  bool is_running_ = false;
  Until until_ = Until::kDone;
  std::vector<Task> batch_;  // the tasks of this turn; kept for its memory
  internal::TimerQueue timers_;
  MonotonicTime armed_for_ = kForever;
  internal::PollerList pollers_;
  microseconds spin_budget_ = kDefaultSpinBudget;
  uint32_t rounds_ = 0;
  MonotonicTime last_look_;
  uint64_t last_watch_ = kTaskQueue;
  // Shared, so that a callback may remove its own watch.
  absl::flat_hash_map<WatchId, std::shared_ptr<Watched>> watches_;
};

absl::StatusOr<std::unique_ptr<EventLoop::Impl>> EventLoop::Impl::Create(Clock clock) {
  UniqueFd epoll_fd(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_fd.is_valid()) return absl::ErrnoToStatus(errno, "epoll_create1");
  UniqueFd timer_fd(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
  if (!timer_fd.is_valid()) return absl::ErrnoToStatus(errno, "timerfd_create");
  auto tasks = internal::TaskQueue::Create();
  if (!tasks.ok()) return tasks.status();
  auto status = AddToEpoll(epoll_fd.get(), timer_fd.get(), EPOLLIN, kTimer);
  if (status.ok()) {
    status = AddToEpoll(epoll_fd.get(), (*tasks)->wake_fd(), EPOLLIN, kTaskQueue);
  }
  if (!status.ok()) return status;
  return std::unique_ptr<Impl>(
      new Impl(std::move(epoll_fd), std::move(timer_fd), *std::move(tasks), std::move(clock)));
}

EventLoop::Impl::Impl(UniqueFd epoll_fd, UniqueFd timer_fd,
                      std::shared_ptr<internal::TaskQueue> tasks, Clock clock)
    : clock_(std::move(clock)),
      epoll_fd_(std::move(epoll_fd)),
      timer_fd_(std::move(timer_fd)),
      tasks_(std::move(tasks)) {
  if (!clock_) serves_.emplace(runner_);
}

EventLoop::Impl::~Impl() {
  IPC_CHECK(IsOwnThread(), "an EventLoop is destroyed on the thread that created it");
  IPC_CHECK(!is_running_, "an EventLoop is not destroyed by its own callback");
  Close();
  // What the callbacks hold may call back into this loop when it is destroyed: let it find one
  // that is whole, and empty.
  const auto watches = std::exchange(watches_, {});
  const auto timers = std::exchange(timers_, {});
}

void EventLoop::Impl::Close() {
  serves_.reset();
  tasks_->Close();
}

bool EventLoop::Impl::IsOwnThread() const { return thread_ == std::this_thread::get_id(); }

void EventLoop::Impl::CheckMayRun() const {
  IPC_CHECK(IsOwnThread(), "an EventLoop runs on the thread that created it");
  IPC_CHECK(!is_running_, "an EventLoop does not run inside its own callback");
}

void EventLoop::Impl::Run() {
  CheckMayRun();
  IPC_CHECK(!clock_ || tasks_->should_quit(),
            "who owns the clock of a loop calls its Dispatch(), and nobody its Run()");
  const CurrentTaskRunner runs(runner_);
  while (!tasks_->should_quit()) {
    const Next next = PollAndSpin();
    if (next == Next::kPoll) continue;
    // Peers that answer at once leave no gap in which another process had its turn here.
    if (next == Next::kLook) std::this_thread::yield();
    const bool sleeps = next == Next::kSleep && TryToSleep() && !tasks_->should_quit();
    Turn(sleeps ? -1 : 0, Until::kQuit);
  }
  tasks_->ForgetQuit();
  Rest();
}

EventLoop::Impl::Next EventLoop::Impl::PollAndSpin() noexcept {
  if (pollers_.is_empty()) return Next::kSleep;
  const auto has_work = [this] {
    return pollers_.HasWork() || tasks_->has_tasks() || tasks_->should_quit();
  };
  // Where the peers are is looked up only for who waits.
  if (!has_work() && !SpinUntil(pollers_.peer_place(), spin_budget_, has_work)) return Next::kSleep;
  Poll(Until::kQuit);
  return IsTimeToLook() ? Next::kLook : Next::kPoll;
}

void EventLoop::Impl::Poll(Until until) noexcept {
  is_running_ = true;
  until_ = until;
  pollers_.Poll([this] { return IsOver(); });
  is_running_ = false;
}

bool EventLoop::Impl::IsTimeToLook() {
  if (++rounds_ % kRoundsPerClock != 0) return tasks_->has_tasks();
  return tasks_->has_tasks() || std::chrono::steady_clock::now() - last_look_ >= kDescriptorsWait;
}

bool EventLoop::Impl::Dispatch() {
  CheckMayRun();
  const CurrentTaskRunner runs(runner_);
  Turn(0, Until::kDone);
  Poll(Until::kDone);
  Rest();
  return !tasks_->should_quit();  // asked last: a later Quit() makes fd() readable
}

void EventLoop::Impl::Turn(int timeout_ms, Until until) noexcept {
  std::array<epoll_event, kEventsPerTurn> events;
  const int count = epoll_wait(epoll_fd_.get(), events.data(), kEventsPerTurn, timeout_ms);
  tasks_->Awake();
  pollers_.WakeUp();  // before anything is sent: an answer need not ring for who is awake
  is_running_ = true;
  until_ = until;
  // count is -1 after a signal: no descriptors this time.
  for (int i = 0; i < count && !IsOver(); ++i) CallWatch(events[static_cast<size_t>(i)]);
  if (!IsOver()) RunTimers();
  RunTasks();
  is_running_ = false;
  if (!pollers_.is_empty()) last_look_ = std::chrono::steady_clock::now();
}

void EventLoop::Impl::CallWatch(const epoll_event& event) {
  if (event.data.u64 == kTaskQueue) return tasks_->Drain();
  if (event.data.u64 == kTimer) return SetTimer(kForever);
  const auto found = watches_.find(WatchId(event.data.u64));
  if (found == watches_.end()) return;  // removed earlier in this turn
  const std::shared_ptr<Watched> watched = found->second;
  watched->on_ready(event.events);
}

void EventLoop::Impl::RunTimers() {
  if (timers_.next() == kForever) return;
  const MonotonicTime now = Now();
  for (const TimerId id : timers_.Due(now)) {
    if (IsOver()) return;
    if (Task task = timers_.Take(id)) task();
  }
}

void EventLoop::Impl::RunTasks() {
  tasks_->Take(&batch_);
  size_t next = 0;
  while (next < batch_.size() && !IsOver()) {
    Task task = std::move(batch_[next++]);  // gone, with all it holds, before the next one runs
    task();
  }
  if (next < batch_.size()) tasks_->Return(&batch_, next);
  batch_.clear();
}

void EventLoop::Impl::ArmTimer() {
  if (!clock_ && timers_.next() < armed_for_) SetTimer(timers_.next());
}

void EventLoop::Impl::SetTimer(MonotonicTime when) {
  armed_for_ = when;
  itimerspec spec{};  // zero: never
  if (when != kForever) {
    using std::chrono::nanoseconds;
    constexpr int64_t kSecond = 1'000'000'000;
    // At least 1: a time long gone is now, not never.
    const int64_t ns = std::max<int64_t>(1, nanoseconds(when.time_since_epoch()).count());
    spec.it_value = {.tv_sec = ns / kSecond, .tv_nsec = ns % kSecond};
  }
  const int result = timerfd_settime(timer_fd_.get(), TFD_TIMER_ABSTIME, &spec, nullptr);
  IPC_CHECK(result == 0, "timerfd_settime refuses a time");
}

bool EventLoop::Impl::TryToSleep() {
  ArmTimer();
  return tasks_->TryToSleep() && pollers_.FallAsleep();
}

void EventLoop::Impl::Rest() {
  if (!TryToSleep()) tasks_->Wake();
}

void EventLoop::Impl::AddPoller(Poller* poller) {
  pollers_.Add(poller);
  RecheckPollers();
}

void EventLoop::Impl::RecheckPollers() {
  if (!is_running_) Rest();
}

TimerId EventLoop::Impl::StartTimer(MonotonicTime when, Task task) {
  const TimerId id = timers_.Start(when, std::move(task));
  if (!is_running_) ArmTimer();
  return id;
}

absl::StatusOr<WatchId> EventLoop::Impl::Watch(int fd, uint32_t events, OnReady on_ready) {
  const WatchId id(last_watch_ + 1);
  const absl::Status status = AddToEpoll(epoll_fd_.get(), fd, events, id.value());
  if (!status.ok()) return status;
  last_watch_ = id.value();
  watches_.emplace(id, std::make_shared<Watched>(Watched{fd, std::move(on_ready)}));
  return id;
}

void EventLoop::Impl::Unwatch(WatchId id) {
  const auto found = watches_.find(id);
  if (found == watches_.end()) return;
  // The callback is destroyed last: its destructor may call back into this loop.
  const std::shared_ptr<Watched> watched = std::move(found->second);
  watches_.erase(found);
  epoll_ctl(epoll_fd_.get(), EPOLL_CTL_DEL, watched->fd, nullptr);
}

absl::StatusOr<std::unique_ptr<EventLoop>> EventLoop::Create() { return CreateWithClock({}); }

absl::StatusOr<std::unique_ptr<EventLoop>> EventLoop::CreateWithClock(Clock clock) {
  auto impl = Impl::Create(std::move(clock));
  if (!impl.ok()) return impl.status();
  return std::unique_ptr<EventLoop>(new EventLoop(*std::move(impl)));
}

EventLoop::EventLoop(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EventLoop::~EventLoop() = default;

void EventLoop::Run() { impl_->Run(); }
void EventLoop::Quit() { impl_->Quit(); }
void EventLoop::Close() { impl_->Close(); }
int EventLoop::fd() const { return impl_->fd(); }
bool EventLoop::Dispatch() { return impl_->Dispatch(); }
MonotonicTime EventLoop::Now() const { return impl_->Now(); }
TimerId EventLoop::StartTimer(MonotonicTime when, Task task) {
  return impl_->StartTimer(when, std::move(task));
}
void EventLoop::CancelTimer(TimerId id) { impl_->CancelTimer(id); }
MonotonicTime EventLoop::next_timer() const { return impl_->next_timer(); }
absl::StatusOr<WatchId> EventLoop::Watch(int fd, uint32_t events, OnReady on_ready) {
  return impl_->Watch(fd, events, std::move(on_ready));
}
void EventLoop::Unwatch(WatchId id) { impl_->Unwatch(id); }
void EventLoop::AddPoller(Poller* poller) { impl_->AddPoller(poller); }
void EventLoop::RemovePoller(Poller* poller) { impl_->RemovePoller(poller); }
void EventLoop::RecheckPollers() { impl_->RecheckPollers(); }
void EventLoop::SetSpinBudget(microseconds budget) { impl_->SetSpinBudget(budget); }
microseconds EventLoop::spin_budget() const { return impl_->spin_budget(); }
const std::shared_ptr<TaskRunner>& EventLoop::task_runner() const { return impl_->task_runner(); }

}  // namespace ipc
