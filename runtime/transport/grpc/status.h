// Between gRPC's status and ours: the codes are the same.
#pragma once

#include <grpc/status.h>

#include <string_view>

#include "absl/status/status.h"
#include "runtime/base/strings.h"

namespace ipc::internal {

inline absl::Status LostError() { return absl::UnavailableError("the connection was lost"); }

// How a client's call ended, as the reason of its pipe's end. gRPC has many words for a peer that
// went away; what the server said in person stays as it is.
inline absl::Status EndOfCall(grpc_status_code code, std::string_view message) {
  switch (code) {
    case GRPC_STATUS_CANCELLED:
    case GRPC_STATUS_INTERNAL:
    case GRPC_STATUS_UNAVAILABLE:
    case GRPC_STATUS_UNKNOWN:
      return LostError();
    default:
      return {static_cast<absl::StatusCode>(code), ToAbsl(message)};
  }
}

}  // namespace ipc::internal
