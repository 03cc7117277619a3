#include "tests/simulation/oracle.h"

namespace ipc::simulation {

std::string_view NameOf(Invariant invariant) {
  switch (invariant) {
    case Invariant::kEndsOnce:
      return "ends once";
    case Invariant::kEnds:
      return "ends";
    case Invariant::kEndIsTrue:
      return "end is true";
    case Invariant::kIntact:
      return "intact";
    case Invariant::kOrder:
      return "order";
    case Invariant::kNothingLost:
      return "nothing lost";
    case Invariant::kQuota:
      return "quota";
    case Invariant::kDeadline:
      return "deadline";
    case Invariant::kTick:
      return "tick";
    case Invariant::kStop:
      return "stop";
    case Invariant::kCancel:
      return "cancel";
    case Invariant::kOneAnswer:
      return "one answer";
    case Invariant::kQuietAfterEnd:
      return "quiet after end";
    case Invariant::kQuietBlocked:
      return "quiet while blocked";
    case Invariant::kLastWord:
      return "last word";
    case Invariant::kSequence:
      return "sequence";
    case Invariant::kReleased:
      return "released";
  }
  return "unknown";
}

}  // namespace ipc::simulation
