#include "runtime/process/choose_pipe.h"

#include <algorithm>

#include "absl/status/status.h"

namespace ipc {

std::vector<PipeKind> AllPipeKinds() { return {PipeKind::kSharedMemory, PipeKind::kGrpc}; }

absl::StatusOr<PipeKind> ChoosePipe(absl::Span<const PipeKind> offered,
                                    absl::Span<const PipeKind> served) {
  const auto found =
      std::find_first_of(offered.begin(), offered.end(), served.begin(), served.end());
  if (found != offered.end()) return *found;
  return absl::UnimplementedError("the renderer offers no pipe that main can serve");
}

}  // namespace ipc
