// The choice of transport, in one place: which pipes this build can run, and which of those that
// the renderer offers main takes.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/process/hello.h"

namespace ipc {

// What a renderer of this build offers, best first.
std::vector<PipeKind> OfferedPipes();

// The first offer that this build can serve. Errors: UNIMPLEMENTED.
absl::StatusOr<PipeKind> ChoosePipe(absl::Span<const PipeKind> offered);

}  // namespace ipc
