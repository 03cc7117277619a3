// How a sequence waits for another process before it blocks. To wake a processor that sleeps costs
// many times what a message does, so a moment's patience is cheap; but not where the peer needs
// this very processor, and never for long.
//
//   nothing expected          not at all
//   peer on this processor    it is let run once
//   peer elsewhere            looks again and again; after 2 us others may run in between; until
//                             the budget is used up
//
// Threads     Any.
#pragma once

#include <chrono>

#include "absl/functional/function_ref.h"
#include "runtime/base/poller.h"

namespace ipc {

using std::chrono::microseconds;

inline constexpr microseconds kDefaultSpinBudget{50};

// True as soon as `is_over` says so. A budget of 0 looks once.
bool SpinUntil(PeerPlace peer, microseconds budget, absl::FunctionRef<bool()> is_over);

}  // namespace ipc
