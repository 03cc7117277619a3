#include "runtime/process/internal/unix_address.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ipc::internal {

absl::StatusOr<UnixAddress> MakeUnixAddress(const std::string& path) {
  UnixAddress result;
  constexpr size_t kMaxBytes = sizeof result.address.sun_path - 1;
  if (path.empty()) return absl::InvalidArgumentError("a socket needs a path");
  if (path.size() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat(
        "the socket's path '", path, "' has ", path.size(), " bytes, the limit is ", kMaxBytes));
  }
  result.address.sun_family = AF_UNIX;
  path.copy(result.address.sun_path, path.size());
  return result;
}

}  // namespace ipc::internal
