// What a frame of each kind must have, and how large each field may be.
#include <cstdint>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/utf8.h"
#include "runtime/wire/frame.h"

namespace ipc {
namespace {

enum class Names { kNoChannel, kChannelOrId, kChannelAndId };
enum class Ports { kNone, kAny, kOneAndAny, kOne, kTwo, kNoneOrOne };

struct KindRule {
  FrameKind kind;
  bool has_call_id;
  Names names;
  Ports ports = Ports::kNone;
  bool has_frame_ids = false;
  bool has_target_id = false;
};

constexpr KindRule kKindRules[] = {
    {FrameKind::kSend, false, Names::kChannelOrId, Ports::kAny},
    {FrameKind::kInvoke, true, Names::kChannelOrId},
    {FrameKind::kSync, true, Names::kChannelOrId},
    {FrameKind::kReply, true, Names::kNoChannel},
    {FrameKind::kCancel, true, Names::kNoChannel},
    {FrameKind::kPing, true, Names::kNoChannel},
    {FrameKind::kPong, true, Names::kNoChannel},
    {FrameKind::kPort, false, Names::kNoChannel, Ports::kOneAndAny},
    {FrameKind::kBind, false, Names::kChannelAndId},
    {FrameKind::kCredit, false, Names::kNoChannel, Ports::kNoneOrOne},
    {FrameKind::kFrameAdded, false, Names::kNoChannel, Ports::kNone, true},
    {FrameKind::kFrameRemoved, false, Names::kNoChannel},
    {FrameKind::kSendTo, false, Names::kChannelOrId, Ports::kNone, false, true},
    {FrameKind::kSendToHost, false, Names::kChannelOrId},
    {FrameKind::kPortOpen, false, Names::kNoChannel, Ports::kTwo},
    {FrameKind::kPortStart, false, Names::kNoChannel, Ports::kOne},
    {FrameKind::kPortClose, false, Names::kNoChannel, Ports::kOne},
};

constexpr uint32_t kLastStatus = 16;  // UNAUTHENTICATED, gRPC's last

absl::Status Broken(std::string_view field, std::string_view rule) {
  return absl::InvalidArgumentError(absl::StrCat(ToAbsl(field), ": ", ToAbsl(rule)));
}

absl::Status TooLarge(size_t size, size_t limit) {
  return absl::OutOfRangeError(absl::StrCat(size, " bytes, the limit is ", limit));
}

// No header is larger; quickly told, and far below the limit for nearly all.
size_t MostHeaderBytes(const FrameHeader& header) {
  constexpr size_t kMostPerNumber = 12;  // a tag and a varint
  constexpr size_t kNumbers = 16;
  return header.channel.size() + header.status_message.size() +
         (kNumbers + header.blob_sizes.size() + header.port_ids.size()) * kMostPerNumber;
}

absl::Status CheckNames(const FrameHeader& header, Names names, size_t limit) {
  if (header.channel.size() > limit) {
    return Broken("channel", absl::StrCat("longer than ", limit, " bytes"));
  }
  if (!IsUtf8(header.channel)) return Broken("channel", "not UTF-8");
  const bool has_channel = !header.channel.empty();
  const bool has_id = header.channel_id != 0;
  switch (names) {
    case Names::kNoChannel:
      return absl::OkStatus();
    case Names::kChannelOrId:
      if (!has_channel && !has_id) return Broken("channel", "missing");
      return absl::OkStatus();
    case Names::kChannelAndId:
      if (!has_channel) return Broken("channel", "missing");
      if (!has_id) return Broken("channel_id", "missing");
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status CheckPorts(const FrameHeader& header, Ports ports, size_t limit) {
  struct Range {
    size_t least, most;
  };
  const Range range = [&]() -> Range {
    switch (ports) {
      case Ports::kNone:
        return {0, 0};
      case Ports::kAny:
        return {0, limit};
      case Ports::kOneAndAny:
        return {1, 1 + limit};
      case Ports::kOne:
        return {1, 1};
      case Ports::kTwo:
        return {2, 2};
      case Ports::kNoneOrOne:
        return {0, 1};
    }
    return {0, 0};
  }();
  if (header.port_ids.size() < range.least) return Broken("port_id", "missing");
  if (header.port_ids.size() > range.most) return Broken("port_id", "too many");
  return absl::OkStatus();
}

absl::Status CheckPayload(const FrameHeader& header, size_t payload_size) {
  if (header.payload_kind == PayloadKind::kNone && payload_size > 0) {
    return Broken("payload", "of no kind");
  }
  if (header.payload_kind != PayloadKind::kJson && !header.blob_sizes.empty()) {
    return Broken("blob_size", "beside a payload that is not JSON");
  }
  size_t blobs = 0;  // at most header_bytes sizes below 2^32: no overflow
  for (uint32_t size : header.blob_sizes) blobs += size;
  if (blobs > payload_size) return Broken("blob_size", "larger than the payload");
  return absl::OkStatus();
}

// A call, an answer or a message that has all that it needs and nothing else: as most frames are,
// and quickly told. Of any other one the rules decide.
bool IsPlain(const FrameHeader& header, size_t payload_size, const Limits& limits) {
  const bool has_extras = !header.channel.empty() || !header.status_message.empty() ||
                          !header.blob_sizes.empty() || !header.port_ids.empty() ||
                          header.status > kLastStatus;
  const bool is_small =
      payload_size <= limits.message_bytes && MostHeaderBytes(header) <= limits.header_bytes;
  const bool has_payload_kind = header.payload_kind != PayloadKind::kNone || payload_size == 0;
  if (has_extras || !is_small || !has_payload_kind) return false;
  switch (header.kind) {
    case FrameKind::kSend:
      return header.channel_id != 0;
    case FrameKind::kInvoke:
    case FrameKind::kSync:
      return header.channel_id != 0 && header.call_id != CallId();
    case FrameKind::kReply:
      return header.call_id != CallId();
    default:
      return false;
  }
}

}  // namespace

absl::Status CheckFrame(const FrameHeader& header, size_t payload_size, const Limits& limits) {
  if (IsPlain(header, payload_size, limits)) return absl::OkStatus();
  const size_t index = static_cast<size_t>(header.kind) - 1;
  if (index >= std::size(kKindRules)) return Broken("kind", "unknown");
  const KindRule& rule = kKindRules[index];

  if (payload_size > limits.message_bytes) return TooLarge(payload_size, limits.message_bytes);
  if (MostHeaderBytes(header) > limits.header_bytes) {
    const size_t size = EncodedHeaderSize(header, payload_size);
    if (size > limits.header_bytes) return TooLarge(size, limits.header_bytes);
  }
  if (rule.has_call_id && header.call_id == CallId()) return Broken("call_id", "missing");
  if (rule.has_frame_ids && header.frame_id == FrameId()) return Broken("frame_id", "missing");
  if (rule.has_frame_ids && header.parent_frame_id == FrameId()) {
    return Broken("parent_frame_id", "missing");
  }
  if (rule.has_target_id && header.target_id == WebContentsId()) {
    return Broken("target_id", "missing");
  }
  if (absl::Status names = CheckNames(header, rule.names, limits.channel_name_bytes); !names.ok()) {
    return names;
  }
  if (absl::Status ports = CheckPorts(header, rule.ports, limits.ports_in_message); !ports.ok()) {
    return ports;
  }
  if (header.status > kLastStatus) return Broken("status", "no gRPC status code");
  if (!IsUtf8(header.status_message)) return Broken("status_message", "not UTF-8");
  return CheckPayload(header, payload_size);
}

}  // namespace ipc
