// A Pipe that keeps what is sent, for the test to look at, and hands over what the test says. It
// carries nothing: the peer is the test.
//
// Ownership   The Connection owns the pipe; the test keeps a reference to its Wire, which outlives
//             it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/transport/pipe.h"

namespace ipc {

// What the test sees of a pipe.
struct Wire {
  std::vector<OwnedFrame> sent;
  bool is_closed = false;  // by Close()
  std::optional<absl::Status> abort_reason;
  bool is_destroyed = false;
  Pipe::Delegate* delegate = nullptr;
  std::optional<absl::Status> refusal;                     // what Send() answers instead
  size_t reply_room = std::numeric_limits<size_t>::max();  // a larger reply is RESOURCE_EXHAUSTED
  // What WaitForFrames() does, each time it is called; it times out when there is nothing.
  std::deque<std::function<void()>> while_waiting;

  std::map<uint32_t, std::string> channels;  // by id, as frames that were sent have named them

  // Frames sent since the last call, one line each: "invoke #1 CH", "reply #1 3: TEXT".
  std::vector<std::string> TakeSent();

  void Deliver(const FrameHeader& header, const PayloadWriter& payload = EmptyPayload());
};

class RecordingPipe final : public Pipe {
 public:
  explicit RecordingPipe(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
  ~RecordingPipe() override { wire_->is_destroyed = true; }

  void Start(Delegate* delegate) override { wire_->delegate = delegate; }
  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) override;
  void Close() override { wire_->is_closed = true; }
  void Abort(const absl::Status& reason) override { wire_->abort_reason = reason; }
  bool WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) override;

 private:
  const std::shared_ptr<Wire> wire_;
};

// A payload of that many bytes.
class Zeros final : public PayloadWriter {
 public:
  explicit Zeros(size_t size) : size_(size) {}
  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override { std::fill(room.begin(), room.end(), 0); }

 private:
  size_t size_;
};

// Frames as a peer would send them.
FrameHeader SendFrame(std::string_view channel);
FrameHeader InvokeFrame(uint64_t call_id, std::string_view channel, uint64_t remaining_ms = 0);
FrameHeader SyncFrame(uint64_t call_id, std::string_view channel);
FrameHeader ReplyFrame(uint64_t call_id, const absl::Status& status = absl::OkStatus());
FrameHeader CancelFrame(uint64_t call_id);

}  // namespace ipc
