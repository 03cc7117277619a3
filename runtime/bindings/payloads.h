// Typed messages as payloads, of either kind: the one place where a channel's C++ types meet bytes.
//
// A typed channel answers in the kind it was asked in, and reads both, so that typed and untyped
// peers talk to one handler.
#pragma once

#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "runtime/async/outcome.h"
#include "runtime/async/result.h"
#include "runtime/codec/entry.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"
#include "runtime/wire/json_envelope.h"
#include "runtime/wire/payload.h"

namespace ipc {

// A generated struct, or a Result, on its way out in the protobuf wire format.
//
// Ownership   Borrows the message.
template <typename Message>
class TypedPayload final : public PayloadWriter {
 public:
  explicit TypedPayload(const Message& message) : message_(message), size_(EncodedSize(message)) {}

  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override { EncodeTo(message_, room); }
  LargeRun WriteAround(absl::Span<uint8_t> room) const override {
    return EncodeAround(message_, room);
  }

 private:
  const Message& message_;
  const size_t size_;
};

// Calls `use` with `params` as the payload its channel sends, and returns what it returns.
template <typename Params, typename Use>
auto WithParamsPayload(const Params& params, Use use)
    -> decltype(use(std::declval<const PayloadWriter&>())) {
  if constexpr (std::is_same_v<Params, Args>) {
    absl::StatusOr<JsonPayload> payload = JsonPayload::FromArgs(params);
    if (!payload.ok()) return payload.status();
    return use(*payload);
  } else {
    return use(TypedPayload<Params>(params));
  }
}

// Errors: INVALID_ARGUMENT with the path of what is wrong.
template <typename Params>
absl::StatusOr<Params> ReadParams(const PayloadView& payload) {
  if constexpr (std::is_same_v<Params, Args>) {
    if (payload.kind == PayloadKind::kTyped) {
      return absl::InvalidArgumentError("a typed message on an untyped channel");
    }
    return ReadJsonArgs(payload);
  } else {
    if (payload.kind == PayloadKind::kTyped) return Decode<Params>(payload.bytes);
    absl::StatusOr<Args> args = ReadJsonArgs(payload);
    if (!args.ok()) return args.status();
    return ArgsToParams<Params>(*args);
  }
}

// The answer of a call as its caller reads it. Response: a generated struct, Result, Value or void.
template <typename Response>
Outcome<Response> ReadResponse(const PayloadView& payload) {
  if constexpr (std::is_void_v<Response>) {
    return absl::OkStatus();
  } else if constexpr (std::is_same_v<Response, Value>) {
    if (payload.kind == PayloadKind::kTyped) {
      return absl::InvalidArgumentError("a typed answer to an untyped call");
    }
    return payload.kind == PayloadKind::kNone ? Value() : ReadJsonValue(payload);
  } else {
    if (payload.kind == PayloadKind::kTyped) return DecodeResponse<Response>(payload.bytes);
    absl::StatusOr<Value> value =
        payload.kind == PayloadKind::kNone ? Value() : ReadJsonValue(payload);
    if (!value.ok()) return value.status();
    return ValueToResponse<Response>(*value);
  }
}

}  // namespace ipc
