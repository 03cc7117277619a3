#include "tests/simulation/messages.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace ipc::simulation {
namespace {

uint8_t Filling(MessageId number, uint8_t salt) {
  return static_cast<uint8_t>(number.value() * 31 + salt);
}

}  // namespace

bool IsMessage(FrameKind kind) {
  switch (kind) {
    case FrameKind::kSend:
    case FrameKind::kSendTo:
    case FrameKind::kSendToHost:
    case FrameKind::kInvoke:
    case FrameKind::kSync:
      return true;
    default:
      return false;
  }
}

MessageId Messages::Add(Message message) {
  messages_.push_back(std::move(message));
  return MessageId(messages_.size() - 1);
}

void NumberedPayload::WriteTo(absl::Span<uint8_t> room) const {
  const uint64_t number = number_.value();
  std::memcpy(room.data(), &number, sizeof(number));
  room.remove_prefix(sizeof(number));
  std::fill(room.begin(), room.end(), Filling(number_, salt_));
}

MessageId NumberOf(absl::Span<const uint8_t> bytes, uint8_t salt) {
  uint64_t number = 0;
  if (bytes.size() < sizeof(number)) return MessageId();
  std::memcpy(&number, bytes.data(), sizeof(number));
  bytes.remove_prefix(sizeof(number));
  const uint8_t filling = Filling(MessageId(number), salt);
  const bool is_whole =
      std::all_of(bytes.begin(), bytes.end(), [&](uint8_t byte) { return byte == filling; });
  return is_whole ? MessageId(number) : MessageId();
}

MessageId NumberOf(const PayloadWriter& payload) {
  std::vector<uint8_t> bytes(payload.size());
  payload.WriteTo(absl::MakeSpan(bytes));
  return NumberOf(bytes, kMessageSalt);
}

}  // namespace ipc::simulation
