// How long a loop that finds nothing to do goes on asking gRPC before a thread sleeps there for it.
// The loop's spin budget is for small messages; this says when more of it is worth it, or less.
//
//   a large message under way   more: its bytes keep both ends busy for longer than the budget, and
//                               each piece of it would wake this end anew
//   a crowded processor         less: to yield there is to lose a time slice, and a thread that
//                               sleeps is run sooner than one that was busy looking
//
// Threads     The loop's.
#pragma once

#include <cstddef>

#include "runtime/base/monotonic_time.h"

namespace ipc::internal {

class Patience {
 public:
  // So many bytes have just set out, or come.
  void AwaitLarge(size_t bytes);
  bool awaits_large();

  // Lets run who needs this processor.
  void Yield();
  // Somebody did, for long, and not long ago.
  bool is_crowded();

 private:
  static bool IsYetToCome(MonotonicTime* when);

  MonotonicTime large_until_{};    // zero: none is under way
  MonotonicTime crowded_until_{};  // zero: it is not
};

}  // namespace ipc::internal
