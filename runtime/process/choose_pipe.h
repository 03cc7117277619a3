// The choice of transport, in one place: which pipes this build can run, and which of those that
// the renderer offers main takes.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/process/hello.h"

namespace ipc {

// What this build can run, best first: what a renderer offers, and main serves, unless told.
std::vector<PipeKind> AllPipeKinds();

// The first of the renderer's offers that is among those that main serves. Errors: UNIMPLEMENTED.
absl::StatusOr<PipeKind> ChoosePipe(absl::Span<const PipeKind> offered,
                                    absl::Span<const PipeKind> served);

}  // namespace ipc
