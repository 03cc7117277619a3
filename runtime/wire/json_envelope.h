// The JSON envelope: payload kind JSON. The text `[args...]`, or the value of a reply, and behind
// it the bytes that the text refers to as {"$bytes": i}.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"
#include "runtime/wire/payload.h"

namespace ipc {

// A Value, or Args, on its way out.
//
// Threads     One at a time. The value must stay as it is while the payload lives.
// Ownership   Borrows the bytes inside the value; the text is its own.
class JsonPayload final : public PayloadWriter {
 public:
  // Errors: INVALID_ARGUMENT, "An object could not be cloned. (args[1].items[3] is not UTF-8)", or
  // "... nests deeper than 64"; OUT_OF_RANGE for more text than a peer takes.
  static absl::StatusOr<JsonPayload> FromArgs(const Args& args);
  static absl::StatusOr<JsonPayload> FromValue(const Value& value);

  PayloadKind kind() const override { return PayloadKind::kJson; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override;
  LargeRun WriteAround(absl::Span<uint8_t> room) const override;
  absl::Span<const uint32_t> blob_sizes() const override { return blob_sizes_; }

 private:
  JsonPayload() = default;
  absl::StatusOr<JsonPayload> Measured() &&;

  std::string text_;
  std::vector<const Bytes*> blobs_;
  BlobSizes blob_sizes_;
  size_t size_ = 0;
};

// Errors: INVALID_ARGUMENT with the reason; OUT_OF_RANGE for a limit.
absl::StatusOr<Args> ReadJsonArgs(const PayloadView& payload);
absl::StatusOr<Value> ReadJsonValue(const PayloadView& payload);

}  // namespace ipc
