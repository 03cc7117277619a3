#include "runtime/bindings/read_reply.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/bindings/error_payloads.h"

namespace ipc {

absl::Status ReadFailure(const Reply& reply) {
  absl::Status error = InvokeError(reply.channel, reply.status);
  if (reply.payload.kind != PayloadKind::kJson) return error;
  // Details that cannot be read cost themselves, not the error they came with.
  absl::StatusOr<Value> details = ReadJsonValue(reply.payload);
  if (details.ok()) AddErrorPayloads(error, *details);
  return error;
}

absl::Status ReadBadAnswer(std::string_view channel, const absl::Status& problem) {
  const bool has_path = absl::StartsWith(problem.message(), "answer");
  return InvokeError(
      channel,
      AsDetail(absl::InternalError(absl::StrCat(has_path ? "" : "answer: ", problem.message()))));
}

}  // namespace ipc
