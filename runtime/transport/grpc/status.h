// Between gRPC's status and ours: the codes are the same.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace ipc::internal {

inline grpc::Status ToGrpc(const absl::Status& status) {
  return {static_cast<grpc::StatusCode>(status.code()), std::string(status.message())};
}

inline absl::Status LostError() { return absl::UnavailableError("the connection was lost"); }

// How a client's call ended, as the reason of its pipe's end. gRPC has many words for a peer that
// went away; what the server said in person stays as it is.
inline absl::Status EndOfCall(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::UNKNOWN:
      return LostError();
    default:
      return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
  }
}

}  // namespace ipc::internal
