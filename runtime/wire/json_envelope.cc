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

// Cuts a payload into its parts, one after another. The run, if there is one, is a part of its own;
// where it is not, has_met_run() says so, and what was cut is of no use.
class PartCutter {
 public:
  explicit PartCutter(const PartedBytes& bytes) : bytes_(bytes) {}

  absl::Span<const uint8_t> Cut(size_t size) {
    const absl::Span<const uint8_t> around = bytes_.around();
    const bool is_run = !bytes_.is_whole() && !has_met_run_ && at_ == bytes_.offset() &&
                        size == bytes_.run()->size();
    if (is_run) {
      has_met_run_ = true;
      return *bytes_.run();
    }
    const absl::Span<const uint8_t> part = around.subspan(at_, size);
    at_ += part.size();
    return part;
  }
  bool has_met_run() const { return has_met_run_; }

 private:
  const PartedBytes& bytes_;
  size_t at_ = 0;  // in what lies around the run
  bool has_met_run_ = false;
};

absl::StatusOr<Value> Read(const PayloadView& payload) {
  if (payload.kind != PayloadKind::kJson) return absl::InvalidArgumentError("not JSON");
  const PartedBytes& bytes = payload.bytes;
  // DecodeFrame() has seen that the blobs are within the payload.
  size_t text_size = bytes.size();
  for (uint32_t size : payload.blob_sizes) text_size -= size;

  PartCutter cutter(bytes);
  const absl::Span<const uint8_t> text = cutter.Cut(text_size);
  std::vector<absl::Span<const uint8_t>> blobs;
  blobs.reserve(payload.blob_sizes.size());
  for (uint32_t size : payload.blob_sizes) blobs.push_back(cutter.Cut(size));
  if (!bytes.is_whole() && !cutter.has_met_run()) {
    const std::vector<uint8_t> whole = bytes.Joined();
    return Read({payload.kind, absl::MakeConstSpan(whole), payload.blob_sizes});
  }
  return ReadJsonWithBlobs({reinterpret_cast<const char*>(text.data()), text.size()}, blobs,
                           JsonLimits(), bytes.is_yielded() ? bytes.run() : nullptr);
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
