// The tasks posted to an event loop, and the eventfd that wakes it for them.
//
// A wake-up costs a system call on each side, so Post() makes one only for a loop that said it is
// about to sleep: a loop that is awake looks here once more before it sleeps.
//
//   the loop                                         any thread
//   TryToSleep(): true, sleeps ....................  Post(): push, wake
//   Awake(), Take(), runs .........................  Post(): push
//   TryToSleep(): false, there is more
//
// Ownership   Shared by the loop and all who post to it; it may outlive the loop.
// Threads     Post() and Quit(): any. The rest: the loop's thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/base/task_runner.h"
#include "runtime/base/unique_fd.h"

namespace ipc::internal {

class TaskQueue final : public TaskRunner {
 public:
  static absl::StatusOr<std::shared_ptr<TaskQueue>> Create();

  bool Post(Task task) override;

  // Asks the loop to stop, once.
  void Quit();
  bool should_quit() const { return should_quit_.load(std::memory_order_relaxed); }
  void ForgetQuit();

  // Readable once the loop was woken; Drain() makes it wait again.
  int wake_fd() const { return wake_fd_.get(); }
  void Drain();
  // Wakes the loop that is about to sleep.
  void Wake();

  // True when no task waits: from now on whoever posts one, or quits, wakes the loop.
  bool TryToSleep();

  // The loop is awake: no more wake-ups until it tries to sleep again.
  void Awake();

  // Whether Take() would find something; for a loop that is awake and does not want to lock.
  bool has_tasks() const { return has_tasks_.load(std::memory_order_acquire); }

  // Moves everything posted so far, in order, into the empty `tasks`.
  void Take(std::vector<Task>* tasks);
  // Takes back what a turn that ended early has not run: tasks[first] and all behind it.
  void Return(std::vector<Task>* tasks, size_t first);

  // Refuses tasks from now on, and destroys those that wait.
  void Close();

 private:
  explicit TaskQueue(UniqueFd wake_fd);

  const UniqueFd wake_fd_;
  std::atomic<bool> should_quit_ = false;  // written under mutex_
  std::atomic<bool> has_tasks_ = false;    // likewise
  std::mutex mutex_;
  std::vector<Task> tasks_;
  bool is_asleep_ = true;  // nobody looks at tasks_ until woken
  bool is_closed_ = false;
};

}  // namespace ipc::internal
