#include "runtime/wire/batch.h"

#include <string_view>

#include "runtime/base/check.h"
#include "runtime/codec/wire_format.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"

namespace ipc {
namespace {

constexpr uint32_t kFrameField = 1;

}  // namespace

size_t BatchedFrameSize(const FrameHeader& header, size_t payload_size) {
  const size_t frame_size = EncodedHeaderSize(header, payload_size) + payload_size;
  return TagSize(kFrameField) + VarintSize(frame_size) + frame_size;
}

void EncodeBatchedFrame(const FrameHeader& header, const PayloadWriter& payload,
                        absl::Span<uint8_t> room) {
  const size_t payload_size = payload.size();
  const size_t header_size = EncodedHeaderSize(header, payload_size);
  IPC_CHECK(room.size() == BatchedFrameSize(header, payload_size), "a payload changed its size");
  payload.WriteTo(room.last(payload_size));
  room.remove_suffix(payload_size);
  EncodeHeader(header, payload_size, room.last(header_size));
  room.remove_suffix(header_size);
  WireWriter writer(room);
  writer.Varint(header_size + payload_size);
  writer.Tag(kFrameField, WireType::kLength);
}

absl::StatusOr<std::optional<absl::Span<const uint8_t>>> BatchReader::Next() {
  WireReader in(rest_);
  while (!in.at_end()) {
    uint32_t tag = 0;
    WireReader::Outer outer;
    if (!in.NextTag(tag)) break;
    if (tag >> 3 != kFrameField) {  // of a later version
      if (!in.Skip(tag)) break;
      rest_ = rest_.last(in.remaining());
      continue;
    }
    if (tag != MakeTag(kFrameField, WireType::kLength)) {
      return absl::InvalidArgumentError("frame: not a message");
    }
    if (!in.Open(outer)) break;
    const std::string_view frame = in.Rest();
    in.Close(outer);
    rest_ = rest_.last(in.remaining());
    return absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(frame.data()), frame.size());
  }
  if (rest_.empty()) return std::nullopt;
  return in.TakeProblem().ToStatus();
}

}  // namespace ipc
