// What has to hold whatever happens, and whether it did.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace ipc::simulation {

enum class Invariant : uint8_t {
  kEndsOnce,       // a call that has ended, or was given up, never ends again
  kEnds,           // every call ends, also when nobody closes anything
  kEndIsTrue,      // how it ended is what happened: the handler's answer, a limit that was reached
  kIntact,         // what arrives is what was sent: bytes, ids, deadline
  kOrder,          // what arrives comes in the order of sending
  kNothingLost,    // what arrives later has all that was sent before it ahead of it
  kQuota,          // what is counted equals a recount, and only what is over a limit is refused
  kDeadline,       // a deadline ends a call neither before its time nor after its tick
  kTick,           // the tick that was asked for is early enough for all deadlines
  kStop,           // a handler is told to stop when nobody waits, and only then
  kCancel,         // the peer is told of a call that was given up, once
  kOneAnswer,      // one reply a call, and none when nobody waits
  kQuietAfterEnd,  // after the end no upcall, no frame
  kQuietBlocked,   // during a synchronous call no upcall but its answer
  kLastWord,       // the end is told once, with its reason, after the end of every call
  kSequence,       // a connection is touched from its own sequence alone
  kReleased,       // the callback of a call is destroyed with it
};

std::string_view NameOf(Invariant invariant);

struct Violation {
  Invariant invariant;
  std::string what;
};

class Oracle {
 public:
  // The first that does not hold is kept; what follows from it is not interesting.
  template <typename... Words>
  void Expect(bool holds, Invariant invariant, const Words&... what) {
    if (!holds && !violation_) violation_ = Violation{invariant, absl::StrCat(what...)};
  }

  bool is_content() const { return !violation_; }
  const std::optional<Violation>& violation() const { return violation_; }

 private:
  std::optional<Violation> violation_;
};

}  // namespace ipc::simulation
