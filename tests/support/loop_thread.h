// A loop on a thread of its own.
//
// Ownership   Owns both. Destroying it ends the loop after the task in progress; those that wait
//             are dropped.
// Threads     Made, used and destroyed on one thread, which is not the loop's.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "runtime/base/event_loop.h"
#include "runtime/base/task_runner.h"

namespace ipc {

class LoopThread {
 public:
  LoopThread();
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;
  ~LoopThread();

  EventLoop& loop() const { return *loop_; }
  const std::shared_ptr<TaskRunner>& runner() const { return runner_; }

  // Runs `action` there and waits for it.
  void Run(const std::function<void()>& action);

 private:
  std::unique_ptr<EventLoop> loop_;  // made and destroyed on the thread
  std::shared_ptr<TaskRunner> runner_;
  std::thread thread_;
};

}  // namespace ipc
