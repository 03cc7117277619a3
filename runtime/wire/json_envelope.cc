#include "runtime/wire/json_envelope.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/value/json_limits.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

// Most messages are shorter, and then the text is not moved as it grows.
constexpr size_t kUsualText = 480;

absl::StatusOr<Value> Read(const PayloadView& payload) {
  if (payload.kind != PayloadKind::kJson) return absl::InvalidArgumentError("not JSON");
  // DecodeFrame() has seen that the blobs are within the payload.
  size_t at = payload.bytes.size();
  for (uint32_t size : payload.blob_sizes) at -= size;
  const std::string_view text(reinterpret_cast<const char*>(payload.bytes.data()), at);

  std::vector<absl::Span<const uint8_t>> blobs;
  blobs.reserve(payload.blob_sizes.size());
  for (uint32_t size : payload.blob_sizes) {
    blobs.push_back(payload.bytes.subspan(at, size));
    at += size;
  }
  return ReadJsonWithBlobs(text, blobs);
}

}  // namespace

absl::StatusOr<JsonPayload> JsonPayload::FromArgs(const Args& args) {
  JsonPayload payload;
  payload.text_.reserve(kUsualText);
  absl::Status written = WriteJson(args, JsonLimits(), &payload.text_, &payload.blobs_);
  if (!written.ok()) return written;
  return std::move(payload).Measured();
}

absl::StatusOr<JsonPayload> JsonPayload::FromValue(const Value& value) {
  JsonPayload payload;
  payload.text_.reserve(kUsualText);
  absl::Status written = WriteJson(value, JsonLimits(), &payload.text_, &payload.blobs_);
  if (!written.ok()) return written;
  return std::move(payload).Measured();
}

absl::StatusOr<JsonPayload> JsonPayload::Measured() && {
  size_ = text_.size();
  for (const Bytes* blob : blobs_) {
    if (blob->size() > UINT32_MAX) return absl::OutOfRangeError("bytes too large for a message");
    blob_sizes_.push_back(static_cast<uint32_t>(blob->size()));
    size_ += blob->size();
  }
  return std::move(*this);
}

void JsonPayload::WriteTo(absl::Span<uint8_t> room) const {
  WireWriter out(room);
  for (auto blob = blobs_.rbegin(); blob != blobs_.rend(); ++blob) {
    out.Own({reinterpret_cast<const char*>((*blob)->data()), (*blob)->size()});
  }
  out.Own(text_);
  out.Finish();
}

LargeRun JsonPayload::WriteAround(absl::Span<uint8_t> room) const {
  const LargeRunFinder finder(room);
  WriteTo(room);
  return finder.found();
}

absl::StatusOr<Args> ReadJsonArgs(const PayloadView& payload) {
  absl::StatusOr<Value> value = Read(payload);
  if (!value.ok()) {
    const absl::string_view problem = value.status().message();
    const bool has_path = absl::StartsWith(problem, "[");  // of an argument
    return absl::Status(value.status().code(), absl::StrCat(has_path ? "args" : "", problem));
  }
  if (!value->is_array()) return absl::InvalidArgumentError("args: not an array");
  return Args((*std::move(value)).TakeArray());
}

absl::StatusOr<Value> ReadJsonValue(const PayloadView& payload) { return Read(payload); }

}  // namespace ipc
