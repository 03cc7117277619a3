// The sequence of one process: its tasks run when the world says so.
//
// Ownership   Shared, as every TaskRunner.
// Threads     One, that plays them all: IsCurrent() is about whose turn it is.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "runtime/base/task_runner.h"

namespace ipc::simulation {

class Sequence final : public TaskRunner, public std::enable_shared_from_this<Sequence> {
 public:
  bool Post(Task task) override;

  bool has_tasks() const { return !tasks_.empty(); }
  void RunTask();
  // The process is gone: its tasks are destroyed, and it takes no others.
  void Close();

  // A task is done once ran() has reached what posted() was after it.
  uint64_t posted() const { return posted_; }
  uint64_t ran() const { return ran_; }

  // Inside a synchronous call: nothing else runs here.
  bool is_blocked = false;

 private:
  std::deque<Task> tasks_;
  uint64_t posted_ = 0;
  uint64_t ran_ = 0;
  bool is_closed_ = false;
};

}  // namespace ipc::simulation
