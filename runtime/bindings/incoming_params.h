// The parameters of a message that is being dispatched, for listeners of either kind.
//
// Ownership   Borrows the payload; good until the dispatch ends.
// Threads     The loop's sequence.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/bindings/payloads.h"
#include "runtime/bindings/schema_table.h"
#include "runtime/value/args.h"

namespace ipc {

class IncomingParams {
 public:
  // All three outlive this. `schemas` is asked only for what is typed, by who is not.
  IncomingParams(const PayloadView& payload, std::string_view channel, const SchemaTable& schemas)
      : payload_(payload), channel_(channel), schemas_(schemas) {}

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
  std::string_view channel_;
  const SchemaTable& schemas_;
  mutable std::optional<absl::StatusOr<Args>> args_;
};

}  // namespace ipc
