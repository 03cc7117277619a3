#include "runtime/base/internal/timer_queue.h"

namespace ipc::internal {

TimerId TimerQueue::Start(MonotonicTime when, Task task) {
  last_id_ = TimerId(last_id_.value() + 1);
  timers_.emplace(Key(when, last_id_), std::move(task));
  when_.emplace(last_id_, when);
  return last_id_;
}

void TimerQueue::Cancel(TimerId id) {
  // The task is destroyed last: its destructor may call back into this queue.
  Task cancelled = Take(id);
}

MonotonicTime TimerQueue::next() const {
  return timers_.empty() ? kForever : timers_.begin()->first.first;
}

std::vector<TimerId> TimerQueue::Due(MonotonicTime now) const {
  std::vector<TimerId> due;
  for (const auto& [key, task] : timers_) {
    if (key.first > now) break;
    due.push_back(key.second);
  }
  return due;
}

Task TimerQueue::Take(TimerId id) {
  const auto when = when_.find(id);
  if (when == when_.end()) return nullptr;
  const auto timer = timers_.find(Key(when->second, id));
  Task task = std::move(timer->second);
  timers_.erase(timer);
  when_.erase(when);
  return task;
}

}  // namespace ipc::internal
