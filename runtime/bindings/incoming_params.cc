#include "runtime/bindings/incoming_params.h"

#include "absl/strings/str_cat.h"

namespace ipc {

absl::StatusOr<Args> IncomingParams::ReadArgs() const {
  if (payload_.kind != PayloadKind::kTyped) return ReadJsonArgs(payload_);
  if (const TypedToArgs to_args = schemas_.Find(channel_)) return to_args(payload_.bytes);
  return absl::InvalidArgumentError(
      "a typed message, and nothing here is bound to that channel that could read it");
}

absl::Status IncomingParams::TooLarge(size_t max_bytes) const {
  return absl::OutOfRangeError(
      absl::StrCat(payload_.bytes.size(), " bytes, the limit is ", max_bytes));
}

}  // namespace ipc
