// The calls of one direction that have not ended, by id.
//
// Callers count their calls upwards, so the last bits of an id are a place in the table: calls that
// lie less than a table apart never meet there. Those that do, after one that stays open for long,
// or of a peer that chooses its ids otherwise, stand behind, in the order of their own places: a
// lookup begins at the id's own place and ends where the id would stand, and who is taken lets
// those move up that are not in their own. The table is never more than half full. What a
// hostile peer gains by ids that all have one place is that each of its own calls looks through
// all of its others, as many as calls_in_flight.
//
// Memory is asked for when there are more calls at once than ever before, and not again.
//
// Ownership   Owns the calls. A Call that was moved from holds on to nothing.
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
  Call& Add(CallId id, Call&& call) {
    if ((size_ + 1) * 2 > places_.size()) Grow();
    ++size_;
    Place& place = places_[Seek(id)];
    if (place.id != CallId()) return Insert({id, std::move(call)});
    place.id = id;
    place.call = std::move(call);
    return place.call;
  }

  // Null when it is not there.
  Call* Find(CallId id) {
    if (size_ == 0) return nullptr;
    Place& place = places_[Seek(id)];
    return place.id == id ? &place.call : nullptr;
  }
  const Call* Find(CallId id) const { return const_cast<CallTable*>(this)->Find(id); }

  std::optional<Call> Take(CallId id) {
    if (Find(id) == nullptr) return std::nullopt;
    size_t free = Seek(id);
    std::optional<Call> taken = std::move(places_[free].call);
    // Those behind that are not in places of their own move up, so that no lookup ends too early.
    for (size_t next = After(free); IsAway(next); next = After(next)) {
      places_[free] = std::move(places_[next]);
      free = next;
    }
    places_[free].id = CallId();
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
    CallId id;       // 0: free
    Call call = {};  // of a free place: was moved from, or none yet
  };

  size_t mask() const { return places_.size() - 1; }
  size_t OwnPlace(CallId id) const { return static_cast<size_t>(id.value()) & mask(); }
  size_t After(size_t index) const { return (index + 1) & mask(); }
  size_t Distance(size_t from, size_t to) const { return (to - from) & mask(); }

  // Whether there is a call here whose own place is another one.
  bool IsAway(size_t index) const {
    return places_[index].id != CallId() && OwnPlace(places_[index].id) != index;
  }

  // Where `id` is, or else where it belongs: a free place, or that of a call which is less far from
  // its own. So calls stand in the order of their own places, and no more than they must behind.
  size_t Seek(CallId id) const {
    const size_t own = OwnPlace(id);
    size_t index = own;
    for (; places_[index].id != CallId() && places_[index].id != id; index = After(index)) {
      if (Distance(OwnPlace(places_[index].id), index) < Distance(own, index)) break;
    }
    return index;
  }

  // Who stands where this one belongs moves on.
  Call& Insert(Place place) {
    const size_t at = Seek(place.id);
    for (size_t index = at; place.id != CallId(); index = After(index)) {
      std::swap(places_[index], place);
    }
    return places_[at].call;
  }

  void Grow() {
    std::vector<Place> old(std::max(kFirstPlaces, places_.size() * 2));
    old.swap(places_);
    for (Place& place : old) {
      if (place.id != CallId()) Insert(std::move(place));
    }
  }

  std::vector<Place> places_;  // a power of two
  size_t size_ = 0;
};

}  // namespace ipc
