// Where a message that gRPC has read is dealt with: on gRPC's own thread, or on the one that the
// application runs on, as a library must do whose callbacks belong to one loop.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace bench {

enum class HandledOn { kGrpcThread, kApplicationThread };

class Delivery {
 public:
  using Task = std::function<void()>;

  explicit Delivery(HandledOn thread) : thread_(thread) {}

  // On gRPC's thread.
  void Deliver(Task task) {
    if (thread_ == HandledOn::kGrpcThread) return task();
    {
      std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
  }

  // Ends RunUntilOver(). From inside a task.
  void SetOver() {
    {
      std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
  }

  // On the application's thread: runs what was handed over, or waits while gRPC's threads work.
  void RunUntilOver() {
    std::unique_lock lock(mutex_);
    while (!is_over_) {
      changed_.wait(lock, [this] { return is_over_ || !tasks_.empty(); });
      while (!is_over_ && !tasks_.empty()) {
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
      }
    }
    is_over_ = false;
  }

 private:
  const HandledOn thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> tasks_;
  bool is_over_ = false;
};

}  // namespace bench
