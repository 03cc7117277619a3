// The timers of an event loop, in the order in which they are due.
//
// Threads     One sequence.
#pragma once

#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/monotonic_time.h"

namespace ipc::internal {

class TimerQueue {
 public:
  TimerId Start(MonotonicTime when, Task task);
  void Cancel(TimerId id);  // unknown ids are ignored

  // When the next timer is due; kForever when there is none.
  MonotonicTime next() const;

  // The timers due at `now`, in the order to run them. They stay until Take().
  std::vector<TimerId> Due(MonotonicTime now) const;
  // Removes the timer and returns its task; null when it was cancelled meanwhile.
  Task Take(TimerId id);

 private:
  using Key = std::pair<MonotonicTime, TimerId>;

  TimerId last_id_;
  absl::btree_map<Key, Task> timers_;
  absl::flat_hash_map<TimerId, MonotonicTime> when_;
};

}  // namespace ipc::internal
