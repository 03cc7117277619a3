#include "runtime/bindings/read_reply.h"

namespace ipc {

absl::Status ReadFailure(std::string_view channel, const Reply& reply) {
  absl::Status error = InvokeError(channel, reply.status);
  if (reply.payload.kind != PayloadKind::kJson) return error;
  // Details that cannot be read cost themselves, not the error they came with.
  absl::StatusOr<Value> details = ReadJsonValue(reply.payload);
  if (details.ok() && !(*details)["data"].is_null()) SetErrorData(error, (*details)["data"]);
  return error;
}

}  // namespace ipc
