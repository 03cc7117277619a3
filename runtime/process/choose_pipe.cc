#include "runtime/process/choose_pipe.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ipc {

std::vector<PipeKind> AllPipeKinds() { return {PipeKind::kSharedMemory, PipeKind::kGrpc}; }

absl::StatusOr<PipeKind> ChoosePipe(absl::Span<const PipeKind> offered,
                                    absl::Span<const PipeKind> served) {
  const auto found =
      std::find_first_of(offered.begin(), offered.end(), served.begin(), served.end());
  if (found != offered.end()) return *found;
  return absl::UnimplementedError("the renderer offers no pipe that main can serve");
}

std::vector<PipeKind> WithoutSharedMemory(std::vector<PipeKind> kinds) {
  std::erase(kinds, PipeKind::kSharedMemory);
  return kinds;
}

absl::Status NoSharedMemory(const absl::Status& why) {
  return absl::Status(
      why.code(),
      absl::StrCat("the system gives no memory to share (", why.message(),
                   "), and no other pipe is allowed: add PipeKind::kGrpc to the pipes of both "
                   "sides, or look for what forbids it: a seccomp filter, vm.memfd_noexec, a "
                   "kernel before Linux 5.1"));
}

}  // namespace ipc
