#include "runtime/base/internal/poller_list.h"

#include <algorithm>
#include <utility>

namespace ipc::internal {

void PollerList::Add(Poller* poller) { pollers_.push_back(poller); }

void PollerList::Remove(Poller* poller) {
  std::replace(pollers_.begin(), pollers_.end(), poller, static_cast<Poller*>(nullptr));
  has_removed_ = true;
  if (!is_polling_) DropRemoved();
}

void PollerList::Poll(absl::FunctionRef<bool()> is_over) {
  const size_t count = pollers_.size();
  if (count == 0 || is_over()) return;
  is_polling_ = true;
  size_t at = first_;
  pollers_[at]->Poll();
  for (size_t i = 1; i < count && !is_over(); ++i) {
    at = After(at);
    if (pollers_[at] != nullptr && pollers_[at]->HasWork()) pollers_[at]->Poll();
  }
  is_polling_ = false;
  first_ = After(first_);
  DropRemoved();
}

bool PollerList::HasWork() {
  for (size_t i = 0; i < pollers_.size(); ++i) {
    if (pollers_[first_]->HasWork()) return true;
    first_ = After(first_);
  }
  return false;
}

bool PollerList::FallAsleep() {
  for (Poller* poller : pollers_) poller->FallAsleep();
  return !HasWork();
}

void PollerList::WakeUp() {
  for (Poller* poller : pollers_) poller->WakeUp();
}

PeerPlace PollerList::peer_place() const {
  PeerPlace best = PeerPlace::kQuiet;
  for (const Poller* poller : pollers_) best = std::max(best, poller->peer_place());
  return best;
}

void PollerList::DropRemoved() {
  if (!std::exchange(has_removed_, false)) return;
  pollers_.erase(std::remove(pollers_.begin(), pollers_.end(), nullptr), pollers_.end());
  first_ = 0;
}

}  // namespace ipc::internal
