// Every message of a run: what was sent, and what its handler said. Each has a number, which its
// payload begins with, so that whoever meets the bytes knows whose they are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/strong_id.h"
#include "runtime/core/connection.h"
#include "runtime/wire/frame.h"
#include "runtime/wire/payload.h"

namespace ipc::simulation {

using MessageId = StrongId<struct MessageIdTag, uint64_t>;

// The answer of a handler, before limits cost it anything.
struct Answer {
  absl::Status status;
  size_t size = 0;
};

enum class Fate : uint8_t {
  kNew,
  kInFlight,
  kEnded,
  kGivenUp,  // refused, cancelled, or dropped with its connection: it never ends
  kLoose,    // its connection was destroyed while it ended everything: it may end once
};

struct Message {
  FrameKind kind = FrameKind::kSend;
  FrameId frame_id;
  WebContentsId sender_id;
  WebContentsId target_id;  // of a sendTo
  size_t size = 0;
  MonotonicTime deadline = kForever;
  int64_t remaining_ms = 0;  // what the caller's deadline left when it called; 0: none
  Fate fate = Fate::kNew;
  std::optional<Answer> answer;
};

class Messages {
 public:
  MessageId Add(Message message);
  Message& at(MessageId id) { return messages_[id.value()]; }
  bool has(MessageId id) const { return id.value() > 0 && id.value() < messages_.size(); }

 private:
  std::vector<Message> messages_{Message()};  // 0 is none
};

// `size` bytes, at least those of the number; `salt` parts a message from its answer.
class NumberedPayload final : public PayloadWriter {
 public:
  static constexpr size_t kLeast = sizeof(uint64_t);
  NumberedPayload(MessageId number, size_t size, uint8_t salt)
      : number_(number), size_(size), salt_(salt) {}

  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override;

 private:
  const MessageId number_;
  const size_t size_;
  const uint8_t salt_;
};

// Whether frames of this kind carry a Message.
bool IsMessage(FrameKind kind);

inline constexpr uint8_t kMessageSalt = 0;
inline constexpr uint8_t kAnswerSalt = 77;

// The number that `bytes` begin with; none when they are not what NumberedPayload writes.
MessageId NumberOf(absl::Span<const uint8_t> bytes, uint8_t salt);
MessageId NumberOf(const PayloadWriter& payload);

}  // namespace ipc::simulation
