// The choice of transport, in one place: which pipes this build can run, which of those that the
// renderer offers main takes, and what to do where the system gives no memory to share.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/process/hello.h"

namespace ipc {

// What this build can run, best first: what a renderer offers, and main serves, unless told.
std::vector<PipeKind> AllPipeKinds();

// The first of the renderer's offers that is among those that main serves. Errors: UNIMPLEMENTED.
absl::StatusOr<PipeKind> ChoosePipe(absl::Span<const PipeKind> offered,
                                    absl::Span<const PipeKind> served);

// `kinds` but for shared memory: what is left when that cannot be had.
std::vector<PipeKind> WithoutSharedMemory(std::vector<PipeKind> kinds);
// What both sides say when nothing is left. `why` is what the system said.
absl::Status NoSharedMemory(const absl::Status& why);

}  // namespace ipc
