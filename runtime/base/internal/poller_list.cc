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

bool PollerList::Poll(absl::FunctionRef<bool()> is_over) {
  const size_t count = pollers_.size();
  if (count == 0) return false;
  bool has_worked = false;
  is_polling_ = true;
  first_ = first_ + 1 < count ? first_ + 1 : 0;
  for (size_t i = 0; i < count && !is_over(); ++i) {
    const size_t at = first_ + i < count ? first_ + i : first_ + i - count;
    if (pollers_[at] != nullptr && pollers_[at]->Poll()) has_worked = true;
  }
  is_polling_ = false;
  DropRemoved();
  return has_worked;
}

bool PollerList::HasWork() const {
  return std::any_of(pollers_.begin(), pollers_.end(),
                     [](Poller* poller) { return poller->HasWork(); });
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
}

}  // namespace ipc::internal
