#include "runtime/wire/frame.h"

#include <cstring>
#include <utility>

#include "runtime/codec/wire_format.h"
#include "runtime/codec/wire_writer.h"
#include "runtime/wire/internal/frame_fields.h"

namespace ipc {
namespace {

using internal::FrameField;

// Fields have numbers below 16, so a tag is one byte; but for credit, which is rare. Zero and empty
// are not written.
size_t VarintFieldSize(uint64_t value) { return value == 0 ? 0 : 1 + VarintSize(value); }
constexpr size_t kCreditTagSize = TagSize(static_cast<uint32_t>(FrameField::kCredit));
size_t LengthFieldSize(size_t size) { return size == 0 ? 0 : 1 + VarintSize(size) + size; }

uint64_t NumberOf(uint32_t value) { return value; }
uint64_t NumberOf(PortId id) { return id.value(); }

template <typename Values>
size_t PackedSize(const Values& values) {
  size_t size = 0;
  for (const auto& value : values) size += VarintSize(NumberOf(value));
  return size;
}

// Writes fields last to first, as WireWriter does.
class FieldWriter {
 public:
  explicit FieldWriter(absl::Span<uint8_t> room) : writer_(room) {}

  void Length(FrameField field, uint64_t length) {
    writer_.Varint(length);
    writer_.Tag(static_cast<uint32_t>(field), WireType::kLength);
  }
  void Varint(FrameField field, uint64_t value) {
    if (value == 0) return;
    writer_.Varint(value);
    writer_.Tag(static_cast<uint32_t>(field), WireType::kVarint);
  }
  void String(FrameField field, std::string_view text) {
    if (text.empty()) return;
    writer_.Raw(text);
    Length(field, text.size());
  }
  template <typename Values>
  void Packed(FrameField field, const Values& values) {
    if (values.empty()) return;
    const size_t end = writer_.remaining();
    for (auto value = values.rbegin(); value != values.rend(); ++value)
      writer_.Varint(NumberOf(*value));
    Length(field, end - writer_.remaining());
  }

 private:
  WireWriter writer_;
};

absl::Span<const uint8_t> Append(std::vector<uint8_t>& bytes, const void* data, size_t size) {
  const size_t at = bytes.size();
  bytes.resize(at + size);
  if (size > 0) std::memcpy(bytes.data() + at, data, size);
  return absl::MakeConstSpan(bytes).subspan(at);
}

}  // namespace

size_t EncodedHeaderSize(const FrameHeader& header, size_t payload_size) {
  size_t size = VarintFieldSize(static_cast<uint64_t>(header.kind)) +
                VarintFieldSize(header.call_id.value()) + LengthFieldSize(header.channel.size()) +
                VarintFieldSize(header.channel_id) + VarintFieldSize(header.frame_id.value()) +
                VarintFieldSize(header.sender_id.value()) + VarintFieldSize(header.remaining_ms) +
                VarintFieldSize(header.status) + LengthFieldSize(header.status_message.size()) +
                VarintFieldSize(static_cast<uint64_t>(header.payload_kind)) +
                LengthFieldSize(PackedSize(header.blob_sizes)) +
                LengthFieldSize(PackedSize(header.port_ids)) +
                VarintFieldSize(header.parent_frame_id.value()) +
                VarintFieldSize(header.target_id.value());
  if (header.credit != 0) size += kCreditTagSize + VarintSize(header.credit);
  if (payload_size > 0) size += 1 + VarintSize(payload_size);
  return size;
}

void EncodeHeader(const FrameHeader& header, size_t payload_size, absl::Span<uint8_t> room) {
  FieldWriter writer(room);
  if (payload_size > 0) writer.Length(FrameField::kPayload, payload_size);
  writer.Varint(FrameField::kCredit, header.credit);
  writer.Varint(FrameField::kTargetId, header.target_id.value());
  writer.Varint(FrameField::kParentFrameId, header.parent_frame_id.value());
  writer.Packed(FrameField::kPortId, header.port_ids);
  writer.Packed(FrameField::kBlobSize, header.blob_sizes);
  writer.Varint(FrameField::kPayloadKind, static_cast<uint64_t>(header.payload_kind));
  writer.String(FrameField::kStatusMessage, header.status_message);
  writer.Varint(FrameField::kStatus, header.status);
  writer.Varint(FrameField::kRemainingMs, header.remaining_ms);
  writer.Varint(FrameField::kSenderId, header.sender_id.value());
  writer.Varint(FrameField::kFrameId, header.frame_id.value());
  writer.Varint(FrameField::kChannelId, header.channel_id);
  writer.String(FrameField::kChannel, header.channel);
  writer.Varint(FrameField::kCallId, header.call_id.value());
  writer.Varint(FrameField::kKind, static_cast<uint64_t>(header.kind));
}

OwnedFrame::OwnedFrame(const FrameView& frame)
    : OwnedFrame(frame.header, EncodedPayload({frame.header.payload_kind, frame.payload,
                                               frame.header.blob_sizes})) {}

OwnedFrame::OwnedFrame(const FrameHeader& header, const PayloadWriter& payload) {
  view_.header = header;
  bytes_.reserve(header.channel.size() + header.status_message.size() + payload.size());
  auto keep = [this](std::string_view text) {
    const absl::Span<const uint8_t> kept = Append(bytes_, text.data(), text.size());
    return std::string_view(reinterpret_cast<const char*>(kept.data()), kept.size());
  };
  view_.header.channel = keep(header.channel);
  view_.header.status_message = keep(header.status_message);
  const size_t at = bytes_.size();
  bytes_.resize(at + payload.size());
  const absl::Span<uint8_t> room = absl::MakeSpan(bytes_).subspan(at);
  payload.WriteTo(room);
  view_.payload = room;
}

}  // namespace ipc
