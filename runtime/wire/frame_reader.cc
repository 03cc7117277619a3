// From the bytes of a wire.proto Frame to a FrameView.
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/internal/frame_fields.h"
#include "runtime/wire/internal/plain_frame_reader.h"

namespace ipc {
namespace {

using internal::FrameField;

bool Expect(WireReader& in, WireType expected, WireType got) {
  return got == expected || in.FailWireType(expected, got);
}

template <typename T>
bool ReadVarint(WireReader& in, T& value) {
  uint64_t number;
  if (!in.Varint(number)) return false;
  if (number > std::numeric_limits<T>::max()) {
    return in.Fail(DecodeError::kOutOfRange, "a number too large");
  }
  value = static_cast<T>(number);
  return true;
}

template <typename T>
bool ReadNumber(WireReader& in, WireType type, T& value) {
  return Expect(in, WireType::kVarint, type) && ReadVarint(in, value);
}

template <typename Id>
bool ReadId(WireReader& in, WireType type, Id& id) {
  typename Id::rep value;
  if (!ReadNumber(in, type, value)) return false;
  id = Id(value);
  return true;
}

template <typename Enum>
bool ReadEnum(WireReader& in, WireType type, Enum last, Enum& value) {
  uint32_t number;
  if (!ReadNumber(in, type, number)) return false;
  if (number > static_cast<uint32_t>(last)) {
    return in.Fail(DecodeError::kUnknownEnumValue, absl::StrCat("no value ", number));
  }
  value = static_cast<Enum>(number);
  return true;
}

bool ReadString(WireReader& in, WireType type, std::string_view& text) {
  WireReader::Outer outer;
  if (!Expect(in, WireType::kLength, type) || !in.Open(outer)) return false;
  text = in.Rest();
  in.Close(outer);
  return true;
}

// Packed or one by one.
template <typename Number, typename Values>
bool ReadNumbers(WireReader& in, WireType type, size_t max_count, Values& values) {
  auto read_one = [&] {
    if (values.size() == max_count) return in.Fail(DecodeError::kTooLarge, "too many");
    Number value;
    if (!ReadVarint(in, value)) return false;
    values.emplace_back(value);
    return true;
  };
  if (type == WireType::kVarint) return read_one();
  WireReader::Outer outer;
  if (!Expect(in, WireType::kLength, type) || !in.Open(outer)) return false;
  while (!in.at_end()) {
    if (!read_one()) return false;
  }
  in.Close(outer);
  return true;
}

bool ReadField(WireReader& in, uint32_t tag, const Limits& limits, FrameView& frame) {
  FrameHeader& header = frame.header;
  const auto type = static_cast<WireType>(tag & 7);
  // A number takes a byte of the header or more.
  const size_t max_numbers = limits.header_bytes;
  switch (static_cast<FrameField>(tag >> 3)) {
    case FrameField::kKind:
      return ReadEnum(in, type, FrameKind::kPortClose, header.kind);
    case FrameField::kCallId:
      return ReadId(in, type, header.call_id);
    case FrameField::kChannel:
      return ReadString(in, type, header.channel);
    case FrameField::kChannelId:
      return ReadNumber(in, type, header.channel_id);
    case FrameField::kFrameId:
      return ReadId(in, type, header.frame_id);
    case FrameField::kSenderId:
      return ReadId(in, type, header.sender_id);
    case FrameField::kRemainingMs:
      return ReadNumber(in, type, header.remaining_ms);
    case FrameField::kStatus:
      return ReadNumber(in, type, header.status);
    case FrameField::kStatusMessage:
      return ReadString(in, type, header.status_message);
    case FrameField::kPayloadKind:
      return ReadEnum(in, type, PayloadKind::kTyped, header.payload_kind);
    case FrameField::kBlobSize:
      return ReadNumbers<uint32_t>(in, type, max_numbers, header.blob_sizes);
    case FrameField::kPortId:
      return ReadNumbers<uint64_t>(in, type, limits.ports_in_message + 1, header.port_ids);
    case FrameField::kParentFrameId:
      return ReadId(in, type, header.parent_frame_id);
    case FrameField::kTargetId:
      return ReadId(in, type, header.target_id);
    case FrameField::kCredit:
      return ReadNumber(in, type, header.credit);
    case FrameField::kPayload:
      return Expect(in, WireType::kLength, type) && in.ReadParted(frame.payload);
  }
  return in.Skip(tag);  // of a later version
}

// What a PlainFrameReader has put into `frame` is read once more, and so is the same.
absl::Status ReadFrame(const PartedBytes& bytes, const Limits& limits, FrameView& frame) {
  WireReader in(bytes);
  uint32_t tag = 0;
  while (!in.at_end()) {
    if (!in.NextTag(tag)) return in.TakeProblem().ToStatus();
    if (!ReadField(in, tag, limits, frame)) {
      in.InField(internal::NameOf(static_cast<FrameField>(tag >> 3)));
      return in.TakeProblem().ToStatus();
    }
  }
  if (in.has_missed_run()) return absl::InvalidArgumentError("a run outside of the payload");
  return absl::OkStatus();
}

absl::Status TooLargeHeader(size_t bytes, size_t limit) {
  return absl::OutOfRangeError(absl::StrCat(bytes, " bytes of header, the limit is ", limit));
}

absl::Status DecodeTo(const PartedBytes& bytes, const Limits& limits, FrameView& frame) {
  frame.header.kind = FrameKind{};
  const bool is_plain = bytes.is_whole() && internal::PlainFrameReader(bytes.around()).Read(frame);
  if (!is_plain) {
    if (absl::Status read = ReadFrame(bytes, limits, frame); !read.ok()) return read;
  }
  // What CheckFrame() does not see: fields that were skipped, or given twice.
  const size_t header_bytes = bytes.size() - frame.payload.size();
  if (header_bytes > limits.header_bytes) [[unlikely]]
    return TooLargeHeader(header_bytes, limits.header_bytes);
  return CheckFrame(frame.header, frame.payload.size(), limits);
}

}  // namespace

absl::StatusOr<FrameView> DecodeFrame(const PartedBytes& bytes, const Limits& limits) {
  absl::StatusOr<FrameView> frame(absl::in_place);  // where it stays: it is large to move
  if (absl::Status decoded = DecodeTo(bytes, limits, *frame); !decoded.ok()) [[unlikely]] {
    frame = std::move(decoded);
  }
  return frame;
}

}  // namespace ipc
