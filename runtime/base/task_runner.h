// Runs tasks one after another on one sequence.
//
// A TaskRunner is how another thread reaches a loop: Post() is the only call of the runtime's
// lower floors that may come from anywhere.
//
// Ownership   Shared. It may outlive the loop behind it: tasks posted then are destroyed unrun.
// Threads     Any thread. Tasks run, and are destroyed, on the sequence.
#pragma once

#include <memory>

#include "absl/functional/any_invocable.h"

namespace ipc {

using Task = absl::AnyInvocable<void()>;

class TaskRunner {
 public:
  virtual ~TaskRunner() = default;

  // Queues `task` behind all tasks posted before. Returns false, and destroys `task` on the
  // calling thread, when the loop is gone.
  virtual bool Post(Task task) = 0;

  // The sequence this thread is running, or serves (the loop created on it last); null elsewhere.
  static std::shared_ptr<TaskRunner> Current();

  // True on the thread that is running this sequence now: Current() is this one.
  bool IsCurrent() const;
};

// Makes `runner` this thread's TaskRunner::Current() for as long as this lives. For those who
// implement a sequence. Scopes may end in any order: the youngest that is left counts.
//
// Threads     Made and destroyed on one thread.
class CurrentTaskRunner {
 public:
  explicit CurrentTaskRunner(std::shared_ptr<TaskRunner> runner);
  CurrentTaskRunner(const CurrentTaskRunner&) = delete;
  CurrentTaskRunner& operator=(const CurrentTaskRunner&) = delete;
  ~CurrentTaskRunner();

 private:
  friend class TaskRunner;

  const std::shared_ptr<TaskRunner> runner_;
};

}  // namespace ipc
