#include "runtime/base/internal/task_queue_eventfd.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <iterator>
#include <utility>

namespace ipc::internal {

absl::StatusOr<std::shared_ptr<TaskQueue>> TaskQueue::Create() {
  UniqueFd wake_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake_fd.is_valid()) return absl::ErrnoToStatus(errno, "eventfd");
  return std::shared_ptr<TaskQueue>(new TaskQueue(std::move(wake_fd)));
}

TaskQueue::TaskQueue(UniqueFd wake_fd) : wake_fd_(std::move(wake_fd)) {}

bool TaskQueue::Post(Task task) {
  bool wakes = false;
  {
    std::lock_guard lock(mutex_);
    if (is_closed_) return false;
    tasks_.push_back(std::move(task));
    has_tasks_.store(true, std::memory_order_release);
    wakes = std::exchange(is_asleep_, false);
  }
  if (wakes) Wake();
  return true;
}

void TaskQueue::Quit() {
  bool wakes = false;
  {
    std::lock_guard lock(mutex_);
    should_quit_.store(true, std::memory_order_relaxed);
    wakes = std::exchange(is_asleep_, false);
  }
  if (wakes) Wake();
}

void TaskQueue::ForgetQuit() {
  std::lock_guard lock(mutex_);
  should_quit_.store(false, std::memory_order_relaxed);
}

void TaskQueue::Drain() {
  uint64_t count = 0;
  // Fails only when nobody woke us, which is as good.
  [[maybe_unused]] const ssize_t size = read(wake_fd_.get(), &count, sizeof count);
}

void TaskQueue::Wake() {
  const uint64_t one = 1;
  // Fails only when the counter is full, which wakes as well.
  [[maybe_unused]] const ssize_t size = write(wake_fd_.get(), &one, sizeof one);
}

bool TaskQueue::TryToSleep() {
  std::lock_guard lock(mutex_);
  is_asleep_ = tasks_.empty();
  return is_asleep_;
}

void TaskQueue::Awake() {
  std::lock_guard lock(mutex_);
  is_asleep_ = false;
}

void TaskQueue::Take(std::vector<Task>* tasks) {
  std::lock_guard lock(mutex_);
  tasks_.swap(*tasks);
  has_tasks_.store(false, std::memory_order_relaxed);
}

void TaskQueue::Return(std::vector<Task>* tasks, size_t first) {
  tasks->erase(tasks->begin(), tasks->begin() + static_cast<std::ptrdiff_t>(first));
  std::lock_guard lock(mutex_);
  tasks->insert(tasks->end(), std::make_move_iterator(tasks_.begin()),
                std::make_move_iterator(tasks_.end()));
  tasks_.clear();
  tasks_.swap(*tasks);
  has_tasks_.store(true, std::memory_order_relaxed);
}

void TaskQueue::Close() {
  std::vector<Task> unrun;
  std::lock_guard lock(mutex_);
  is_closed_ = true;
  unrun.swap(tasks_);
  has_tasks_.store(false, std::memory_order_relaxed);
}

}  // namespace ipc::internal
