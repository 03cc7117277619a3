// The loop that a process's IPC runs on: tasks, timers and descriptors, one at a time.
//
// A program gives it a thread with Run(), or keeps its own loop and adds one descriptor to it: for
// GLib, libuv and Asio the adapters in runtime/loops/ do that, for others
//
//   watch(loop->fd(), [&] { if (!loop->Dispatch()) stop(); });
//
// Ownership   The creator owns the loop. It must outlive whoever holds timers or watches in it;
//             its task_runner() may outlive it, and destroys tasks unrun then.
// Threads     Everything but task_runner() and Quit() belongs to the thread that created the loop.
// Errors      Create() fails when the process is out of descriptors. A callback that throws ends
//             the process: those who run user code catch before.
#pragma once

#include <cstdint>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/poller.h"
#include "runtime/base/spin.h"
#include "runtime/base/strong_id.h"
#include "runtime/base/task_runner.h"

namespace ipc {

using TimerId = StrongId<struct TimerIdTag, uint64_t>;
using WatchId = StrongId<struct WatchIdTag, uint64_t>;

class EventLoop {
 public:
  static absl::StatusOr<std::unique_ptr<EventLoop>> Create();
  // A loop whose timers go by `clock`, one of several on a thread: for tests in virtual time.
  // Nothing wakes it for its timers: who moves the clock calls Dispatch() as next_timer() says.
  // Run() is not for it, and TaskRunner::Current() says it inside of Dispatch() only.
  static absl::StatusOr<std::unique_ptr<EventLoop>> CreateWithClock(Clock clock);
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;
  ~EventLoop();

  // Runs until Quit(). On the thread that created the loop, never inside one of its callbacks:
  // neither this nor Dispatch() nests.
  void Run();

  // Lets Run() return after the callback in progress. A Quit() before Run() is kept. Any thread.
  void Quit();

  // Readable whenever Dispatch() would find something to do. Level-triggered.
  int fd() const;

  // Runs what is due now, without blocking, and returns. One bounded turn: what comes up in it
  // waits for the next. False once there was a Quit(), for whoever runs the loop around this one;
  // it is left for Run(), which then returns at once.
  bool Dispatch();

  // The clock of this loop's timers, read afresh.
  MonotonicTime Now() const;

  // Runs `task` once, on or after `when`. Timers due together run in the order they were made.
  TimerId StartTimer(MonotonicTime when, Task task);
  // Unknown and expired ids are ignored.
  void CancelTimer(TimerId id);
  // When the next one is due; kForever when there is none.
  MonotonicTime next_timer() const;

  // Calls `on_ready` while `fd` has any of the epoll `events` (EPOLLIN, ...), with those it has;
  // EPOLLERR and EPOLLHUP come unasked. The caller keeps `fd` open until Unwatch().
  absl::StatusOr<WatchId> Watch(int fd, uint32_t events,
                                absl::AnyInvocable<void(uint32_t events)> on_ready);
  // `on_ready` is never called again, not even for what is ready already. Unknown ids are ignored.
  void Unwatch(WatchId id);

  // Has `poller` polled in each turn, until it is removed. Never inside this call.
  void AddPoller(Poller* poller);
  void RemovePoller(Poller* poller);
  // To be called when a poller has work that it did not have when it fell asleep, and nobody else
  // will wake the loop for it.
  void RecheckPollers();

  // How long Run() spins for pollers before it blocks; 0 saves power. Dispatch() never does.
  void SetSpinBudget(microseconds budget);
  microseconds spin_budget() const;

  // Takes no tasks any more, and destroys those that wait unrun, as the destructor does. For owners
  // that are about to destroy the loop and whoever uses it.
  void Close();

  const std::shared_ptr<TaskRunner>& task_runner() const;

 private:
  class Impl;
  explicit EventLoop(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace ipc
