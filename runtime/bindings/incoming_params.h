// The parameters of a message that is being dispatched, for listeners of either kind.
//
// Ownership   Borrows the payload; good until the dispatch ends.
// Threads     The loop's sequence.
#pragma once

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/bindings/payloads.h"
#include "runtime/bindings/schema_table.h"
#include "runtime/value/args.h"

namespace ipc {

class IncomingParams {
 public:
  // `typed_to_args` is null where no typed channel of that name is known.
  IncomingParams(const PayloadView& payload, TypedToArgs typed_to_args)
      : payload_(payload), typed_to_args_(typed_to_args) {}

  PayloadKind kind() const { return payload_.kind; }

  // Errors: INVALID_ARGUMENT of what is no Params, OUT_OF_RANGE of more than `max_bytes`.
  template <typename Params>
  absl::StatusOr<Params> As(size_t max_bytes) const {
    if (payload_.bytes.size() > max_bytes) return TooLarge(max_bytes);
    return ReadParams<Params>(payload_);
  }

  // As JSON arguments; converted once, however many listeners ask.
  const absl::StatusOr<Args>& args() const {
    if (!args_) args_.emplace(ReadArgs());
    return *args_;
  }

 private:
  absl::StatusOr<Args> ReadArgs() const;
  absl::Status TooLarge(size_t max_bytes) const;

  PayloadView payload_;
  TypedToArgs typed_to_args_;
  mutable std::optional<absl::StatusOr<Args>> args_;
};

}  // namespace ipc
