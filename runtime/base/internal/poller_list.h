// The pollers of an event loop.
//
// Threads     The loop's. Pollers may come and go inside Poll().
#pragma once

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "runtime/base/poller.h"

namespace ipc::internal {

class PollerList {
 public:
  void Add(Poller* poller);
  void Remove(Poller* poller);
  bool is_empty() const { return pollers_.empty(); }

  // One piece of work of each that has some, beginning with the one that HasWork() found, behind
  // those that began the last times; stops early when `is_over`.
  void Poll(absl::FunctionRef<bool()> is_over);

  bool HasWork();

  // False: there is something to do after all.
  bool FallAsleep();
  void WakeUp();

  // The most promising of all.
  PeerPlace peer_place() const;

 private:
  size_t After(size_t index) const { return index + 1 < pollers_.size() ? index + 1 : 0; }
  void DropRemoved();

  std::vector<Poller*> pollers_;  // null where one was removed inside Poll()
  size_t first_ = 0;              // who is asked first, and had work when it was asked last
  bool is_polling_ = false;
  bool has_removed_ = false;
};

}  // namespace ipc::internal
