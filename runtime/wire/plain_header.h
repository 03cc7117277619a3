// Writes the header of a frame that is a call, an answer or a message and nothing else, as nearly
// all are: a few numbers, from the first to the last, without asking before how many bytes they
// take. Other frames are for EncodeHeader().
//
// Threads     Any.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/codec/wire_format.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/internal/frame_fields.h"

namespace ipc {

class PlainHeader {
 public:
  // Eight tags of one byte, and as many varints.
  static constexpr size_t kMostBytes = size_t{8} * (1 + 10);

  static bool IsPlain(const FrameHeader& header) {
    return (header.channel.size() | header.status | header.status_message.size() |
            header.blob_sizes.size() | header.port_ids.size() | header.parent_frame_id.value() |
            header.target_id.value() | header.credit) == 0;
  }

  // The bytes of EncodeHeader(), of which it returns the number. `room` has kMostBytes.
  static size_t Write(const FrameHeader& header, size_t payload_size, uint8_t* room) {
    using Field = internal::FrameField;
    uint8_t* at = room;
    at = PutNumber<Field::kKind>(at, static_cast<uint64_t>(header.kind));
    at = PutNumber<Field::kCallId>(at, header.call_id.value());
    at = PutNumber<Field::kChannelId>(at, header.channel_id);
    at = PutNumber<Field::kFrameId>(at, header.frame_id.value());
    at = PutNumber<Field::kSenderId>(at, header.sender_id.value());
    at = PutNumber<Field::kRemainingMs>(at, header.remaining_ms);
    at = PutNumber<Field::kPayloadKind>(at, static_cast<uint64_t>(header.payload_kind));
    if (payload_size > 0) {
      *at++ = TagOf(Field::kPayload, WireType::kLength);
      at = PutVarint(at, payload_size);
    }
    return static_cast<size_t>(at - room);
  }

 private:
  static constexpr uint8_t TagOf(internal::FrameField field, WireType type) {
    return static_cast<uint8_t>(MakeTag(static_cast<uint32_t>(field), type));
  }

  IPC_ALWAYS_INLINE static uint8_t* PutVarint(uint8_t* at, uint64_t value) {
    for (; value >= 0x80; value >>= 7) *at++ = static_cast<uint8_t>(value | 0x80);
    *at++ = static_cast<uint8_t>(value);
    return at;
  }

  // Zero is not written.
  template <internal::FrameField kField>
  IPC_ALWAYS_INLINE static uint8_t* PutNumber(uint8_t* at, uint64_t value) {
    if (value == 0) return at;
    *at++ = TagOf(kField, WireType::kVarint);
    return PutVarint(at, value);
  }
};

}  // namespace ipc
