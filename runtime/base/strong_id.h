// An integer id that only converts to itself: a CallId is never passed where a FrameId is meant.
//
// Threads     A value; copy it anywhere.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <utility>

namespace ipc {

template <typename Tag, typename Rep>
class StrongId {
 public:
  using rep = Rep;

  constexpr StrongId() = default;
  constexpr explicit StrongId(Rep value) : value_(value) {}

  constexpr Rep value() const { return value_; }

  friend constexpr auto operator<=>(StrongId, StrongId) = default;
  friend std::ostream& operator<<(std::ostream& out, StrongId id) { return out << id.value_; }

  template <typename H>
  friend H AbslHashValue(H h, StrongId id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  Rep value_ = 0;
};

}  // namespace ipc
