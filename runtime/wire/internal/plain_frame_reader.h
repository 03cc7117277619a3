// What nearly all frames are: fields that are one number or one text, nothing that is wrong. It
// says no to any other, which frame_reader.cc reads from its beginning, and finds words for.
//
// Ownership   Borrows the bytes; so does the frame.
// Threads     One.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/codec/wire_format.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/internal/frame_fields.h"

namespace ipc::internal {

class PlainFrameReader {
 public:
  explicit PlainFrameReader(absl::Span<const uint8_t> bytes)
      : at_(bytes.data()), end_(at_ + bytes.size()) {}

  IPC_ALWAYS_INLINE bool Read(FrameView& frame) {
    while (at_ != end_) {
      if (!ReadField(*at_++, frame)) return false;
    }
    return true;
  }

 private:
  static constexpr uint8_t Tag(FrameField field, WireType type) {
    return static_cast<uint8_t>(MakeTag(static_cast<uint32_t>(field), type));
  }
  static constexpr uint8_t Number(FrameField field) { return Tag(field, WireType::kVarint); }
  static constexpr uint8_t Text(FrameField field) { return Tag(field, WireType::kLength); }

  IPC_ALWAYS_INLINE bool ReadField(uint8_t tag, FrameView& frame) {
    FrameHeader& header = frame.header;
    switch (tag) {
      case Number(FrameField::kKind):
        return ReadEnum(FrameKind::kPortClose, header.kind);
      case Number(FrameField::kCallId):
        return ReadId(header.call_id);
      case Text(FrameField::kChannel):
        return ReadText(header.channel);
      case Number(FrameField::kChannelId):
        return ReadNumber(header.channel_id);
      case Number(FrameField::kFrameId):
        return ReadId(header.frame_id);
      case Number(FrameField::kSenderId):
        return ReadId(header.sender_id);
      case Number(FrameField::kRemainingMs):
        return ReadNumber(header.remaining_ms);
      case Number(FrameField::kPayloadKind):
        return ReadEnum(PayloadKind::kTyped, header.payload_kind);
      case Text(FrameField::kPayload): {
        std::string_view bytes;
        if (!ReadText(bytes)) return false;
        frame.payload =
            absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
        return true;
      }
      default:
        return false;
    }
  }

  template <typename T>
  IPC_ALWAYS_INLINE bool ReadNumber(T& number) {
    constexpr int kMostBits = 7 * 8;
    uint64_t value = 0;
    for (int shift = 0; shift < kMostBits && at_ != end_; shift += 7) {
      const uint64_t byte = *at_++;
      value |= (byte & 0x7F) << shift;
      if (byte >= 0x80) continue;
      number = static_cast<T>(value);
      return value <= std::numeric_limits<T>::max();
    }
    return false;
  }
  template <typename Id>
  IPC_ALWAYS_INLINE bool ReadId(Id& id) {
    typename Id::rep value;
    if (!ReadNumber(value)) return false;
    id = Id(value);
    return true;
  }
  template <typename Enum>
  IPC_ALWAYS_INLINE bool ReadEnum(Enum last, Enum& value) {
    uint8_t number;
    if (!ReadNumber(number) || number > static_cast<uint8_t>(last)) return false;
    value = static_cast<Enum>(number);
    return true;
  }
  IPC_ALWAYS_INLINE bool ReadText(std::string_view& text) {
    uint64_t size;
    if (!ReadNumber(size) || size > static_cast<size_t>(end_ - at_)) return false;
    text = {reinterpret_cast<const char*>(at_), static_cast<size_t>(size)};
    at_ += size;
    return true;
  }

  const uint8_t* at_;
  const uint8_t* const end_;
};

}  // namespace ipc::internal
