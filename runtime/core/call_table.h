// The calls of one direction that have not ended, by id.
//
// Callers count their calls upwards, so the last bits of an id are a place in the table: calls that
// lie less than a table apart never meet there. Those that do, after one that stays open for long,
// or of a peer that chooses its ids otherwise, stand in the next free place. A lookup begins at the
// id's own place and ends at the first free one; the table is never more than half full. What a
// hostile peer gains by ids that all have one place is that each of its own calls looks through
// all of its others, as many as calls_in_flight.
//
// Memory is asked for when there are more calls at once than ever before, and not again.
//
// Ownership   Owns the calls.
// Threads     One sequence. A Call* is good until the next Add() or Take().
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/base/ids.h"

namespace ipc {

template <typename Call>
class CallTable {
 public:
  // `id` is not 0, and not in the table.
  Call& Add(CallId id, Call call) {
    if ((size_ + 1) * 2 > places_.size()) Grow();
    Place& place = places_[IndexOf(id)];
    place.id = id;
    place.call = std::move(call);
    ++size_;
    return place.call;
  }

  // Null when it is not there.
  Call* Find(CallId id) {
    if (size_ == 0) return nullptr;
    Place& place = places_[IndexOf(id)];
    return place.id == id ? &place.call : nullptr;
  }
  const Call* Find(CallId id) const { return const_cast<CallTable*>(this)->Find(id); }

  std::optional<Call> Take(CallId id) {
    if (Find(id) == nullptr) return std::nullopt;
    size_t free = IndexOf(id);
    std::optional<Call> taken = std::move(places_[free].call);
    // Whoever was kept from its own place by this one moves up, so that no lookup ends too early.
    for (size_t i = After(free); places_[i].id != CallId(); i = After(i)) {
      const size_t own = OwnPlace(places_[i].id);
      const bool may_move = Distance(own, free) < Distance(own, i);
      if (!may_move) continue;
      places_[free] = std::exchange(places_[i], Place());
      free = i;
    }
    places_[free] = Place();
    --size_;
    return taken;
  }

  size_t size() const { return size_; }

  // From the first to the last.
  std::vector<CallId> ids() const {
    std::vector<CallId> ids;
    for (const Place& place : places_) {
      if (place.id != CallId()) ids.push_back(place.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
  }

 private:
  static constexpr size_t kFirstPlaces = 16;

  struct Place {
    CallId id;  // 0: free
    Call call = {};
  };

  size_t mask() const { return places_.size() - 1; }
  size_t OwnPlace(CallId id) const { return static_cast<size_t>(id.value()) & mask(); }
  size_t After(size_t index) const { return (index + 1) & mask(); }
  size_t Distance(size_t from, size_t to) const { return (to - from) & mask(); }

  // Where `id` is, or the free place where it would be.
  size_t IndexOf(CallId id) const {
    size_t index = OwnPlace(id);
    while (places_[index].id != CallId() && places_[index].id != id) index = After(index);
    return index;
  }

  void Grow() {
    std::vector<Place> old(std::max(kFirstPlaces, places_.size() * 2));
    old.swap(places_);
    for (Place& place : old) {
      if (place.id != CallId()) places_[IndexOf(place.id)] = std::move(place);
    }
  }

  std::vector<Place> places_;  // a power of two
  size_t size_ = 0;
};

}  // namespace ipc
