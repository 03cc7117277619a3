// The fields of wire.proto's Frame, for its writer and its reader.
#pragma once

#include <cstdint>
#include <string_view>

namespace ipc::internal {

enum class FrameField : uint32_t {
  kKind = 1,
  kCallId = 2,
  kChannel = 3,
  kChannelId = 4,
  kFrameId = 5,
  kSenderId = 6,
  kRemainingMs = 7,
  kStatus = 8,
  kStatusMessage = 9,
  kPayloadKind = 10,
  kBlobSize = 11,
  kPortId = 12,
  kParentFrameId = 13,
  kTargetId = 14,
  kPayload = 15,
  kCredit = 16,
};

// As in wire.proto; empty for a field of a later version.
constexpr std::string_view NameOf(FrameField field) {
  switch (field) {
    case FrameField::kKind:
      return "kind";
    case FrameField::kCallId:
      return "call_id";
    case FrameField::kChannel:
      return "channel";
    case FrameField::kChannelId:
      return "channel_id";
    case FrameField::kFrameId:
      return "frame_id";
    case FrameField::kSenderId:
      return "sender_id";
    case FrameField::kRemainingMs:
      return "remaining_ms";
    case FrameField::kStatus:
      return "status";
    case FrameField::kStatusMessage:
      return "status_message";
    case FrameField::kPayloadKind:
      return "payload_kind";
    case FrameField::kBlobSize:
      return "blob_size";
    case FrameField::kPortId:
      return "port_id";
    case FrameField::kParentFrameId:
      return "parent_frame_id";
    case FrameField::kTargetId:
      return "target_id";
    case FrameField::kPayload:
      return "payload";
    case FrameField::kCredit:
      return "credit";
  }
  return "";
}

}  // namespace ipc::internal
