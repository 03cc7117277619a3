// Frame: the one message format of every pipe. idl/wire.proto documents each field.
//
// Ownership   A FrameHeader borrows its strings: on receipt they point into the pipe's buffer and
//             are good until the callback returns. OwnedFrame keeps a frame for later.
// Threads     A value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/wire/limits.h"
#include "runtime/wire/payload.h"

namespace ipc {

enum class FrameKind : uint8_t {
  kSend = 1,
  kInvoke = 2,
  kSync = 3,
  kReply = 4,
  kCancel = 5,
  kPing = 6,
  kPong = 7,
  kPort = 8,
  kBind = 9,
  kCredit = 10,
  kFrameAdded = 11,
  kFrameRemoved = 12,
  kSendTo = 13,
  kSendToHost = 14,
  kPortOpen = 15,
  kPortStart = 16,
  kPortClose = 17,
};

// `payload_kind` and `blob_sizes` say what the payload beside it is.
struct FrameHeader {
  FrameKind kind = FrameKind::kSend;
  CallId call_id;
  std::string_view channel;
  uint32_t channel_id = 0;
  FrameId frame_id;
  WebContentsId sender_id;
  uint64_t remaining_ms = 0;  // 0: the caller waits without limit
  uint32_t status = 0;        // an absl::StatusCode
  std::string_view status_message;
  PayloadKind payload_kind = PayloadKind::kNone;
  BlobSizes blob_sizes;
  absl::InlinedVector<PortId, 1> port_ids;
  FrameId parent_frame_id;
  WebContentsId target_id;
  uint64_t credit = 0;
};

// A frame as a pipe hands it over.
struct FrameView {
  FrameHeader header;
  PartedBytes payload;
};

// A frame that outlives the pipe's buffer.
class OwnedFrame {
 public:
  explicit OwnedFrame(const FrameView& frame);
  OwnedFrame(const FrameHeader& header, const PayloadWriter& payload);
  OwnedFrame(OwnedFrame&&) noexcept = default;
  OwnedFrame& operator=(OwnedFrame&&) noexcept = default;

  const FrameView& view() const { return view_; }
  // Header and payload, for queue bounds.
  size_t byte_size() const { return bytes_.size(); }

 private:
  std::vector<uint8_t> bytes_;  // channel, status message, payload: what view_ points into
  FrameView view_;
};

// The rules of idl/wire.proto and the limits: what no pipe sends and no reader takes.
// Errors: INVALID_ARGUMENT, naming the field; OUT_OF_RANGE for a size.
absl::Status CheckFrame(const FrameHeader& header, size_t payload_size, const Limits& limits);

// The bytes of a wire.proto Frame: header first, the payload's tag and length last, then, in the
// room that follows, the payload.
size_t EncodedHeaderSize(const FrameHeader& header, size_t payload_size);
void EncodeHeader(const FrameHeader& header, size_t payload_size, absl::Span<uint8_t> room);

// One Frame message, checked by CheckFrame(). The view points into `bytes`, whose run, if there is
// one, is in the payload.
// Errors: as CheckFrame(); INVALID_ARGUMENT for what is no protobuf message.
absl::StatusOr<FrameView> DecodeFrame(const PartedBytes& bytes, const Limits& limits = {});

}  // namespace ipc
