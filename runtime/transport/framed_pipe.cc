#include "runtime/transport/framed_pipe.h"

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "runtime/base/check.h"
#include "runtime/wire/batch.h"

namespace ipc {
namespace {

// So that the loop's timers and other descriptors have their turn while a peer floods this one.
constexpr int kFramesPerTurn = 256;

}  // namespace

PipeEnd::PipeEnd(std::shared_ptr<TaskRunner> sequence, const Limits& the_limits)
    : limits(the_limits),
      runner(std::move(sequence)),
      inbox(std::make_shared<Inbox>(runner, limits.inbound_bytes)),
      outbound(std::make_shared<OutboundQuota>(limits)) {}

struct FramedPipe::Batch {
  explicit Batch(ReceivedBatch batch) : received(std::move(batch)), reader(received.bytes) {}

  ReceivedBatch received;
  BatchReader reader;
};

FramedPipe::FramedPipe(PipeEnd end, std::unique_ptr<Link> link)
    : end_(std::move(end)), link_(std::move(link)) {}

FramedPipe::~FramedPipe() { end_.inbox->Shut(); }

void FramedPipe::Start(Delegate* delegate) {
  IPC_CHECK(delegate_ == nullptr, "a Pipe is started once");
  delegate_ = delegate;
  if (state_ != State::kClosed) end_.inbox->Open(this);
}

absl::Status FramedPipe::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (state_ != State::kOpen) return absl::UnavailableError("the pipe is closed");
  const size_t payload_size = payload.size();
  if (absl::Status legal = CheckFrame(header, payload_size, end_.limits); !legal.ok()) return legal;

  const size_t size = BatchedFrameSize(header, payload_size);
  const OutboundQuota::Lane lane = OutboundQuota::LaneOf(header, size);
  if (!end_.outbound->TryCharge(lane, size)) return Refuse(lane);
  // A frame that comes alone leaves at once; those that follow it out of one turn leave together.
  if (is_in_turn_ && std::exchange(has_sent_, true)) link_->Hold();
  link_->Write(lane, size,
               [&](absl::Span<uint8_t> room) { EncodeBatchedFrame(header, payload, room); });
  return absl::OkStatus();
}

absl::Status FramedPipe::Refuse(OutboundQuota::Lane lane) {
  if (lane != OutboundQuota::Lane::kSignals) return OutboundQuota::Refusal(lane);
  Fail(OutboundQuota::Refusal(lane));
  return absl::UnavailableError("the pipe is closed");
}

void FramedPipe::Close() {
  end_.inbox->Shut();
  current_.reset();
  if (std::exchange(state_, State::kClosed) == State::kOpen) link_->Close();
}

void FramedPipe::Abort(const absl::Status& reason) {
  end_.inbox->Shut();
  current_.reset();
  if (std::exchange(state_, State::kClosed) == State::kOpen) link_->Abort(reason);
}

bool FramedPipe::WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) {
  IPC_CHECK(delegate_ != nullptr, "WaitForFrames() before Start()");
  const std::weak_ptr<const char> alive = alive_;
  while (state_ != State::kClosed) {
    const Delivered delivered = DeliverNext();
    if (delivered == Delivered::kFrame && (current_ || end_.inbox->HasContent())) {
      end_.inbox->Schedule();  // the loop was not woken for what came meanwhile
    }
    if (delivered != Delivered::kNothing) return true;

    link_->Release();
    const Link::PeerTurn peer = link_->RunPeer(deadline, stop_token);
    if (alive.expired()) return true;
    if (peer == Link::PeerTurn::kIdle) return false;
    if (peer == Link::PeerTurn::kElsewhere && !end_.inbox->Wait(deadline, stop_token)) return false;
    if (peer == Link::PeerTurn::kRan && stop_token.stop_requested() && !end_.inbox->HasContent()) {
      return false;
    }
  }
  return false;
}

void FramedPipe::OnInboxReady() {
  const std::weak_ptr<const char> alive = alive_;
  if (end_.inbox->TakeWritable() && state_ == State::kOpen) {
    delegate_->OnWritable();
    if (alive.expired()) return;
  }
  is_in_turn_ = true;
  has_sent_ = false;
  Delivered delivered = Delivered::kFrame;
  for (int i = 0; i < kFramesPerTurn && delivered == Delivered::kFrame; ++i) {
    delivered = DeliverNext();
  }
  if (alive.expired()) return;
  is_in_turn_ = false;
  link_->Release();
  if (delivered == Delivered::kFrame) end_.inbox->Schedule();
}

FramedPipe::Delivered FramedPipe::DeliverNext() {
  while (state_ != State::kClosed) {
    if (current_ == nullptr) {
      Inbox::Taken taken = end_.inbox->Take();
      if (taken.may_resume) link_->Resume();
      if (taken.end) return DeliverEnd(*taken.end);
      if (!taken.batch) return Delivered::kNothing;
      current_ = std::make_shared<Batch>(*std::move(taken.batch));
    }
    const std::shared_ptr<Batch> batch = current_;
    const absl::StatusOr<std::optional<absl::Span<const uint8_t>>> bytes = batch->reader.Next();
    if (!bytes.ok()) return Reject(bytes.status());
    if (batch->reader.is_at_end()) current_.reset();
    if (!bytes->has_value()) continue;
    const absl::StatusOr<FrameView> frame = DecodeFrame(**bytes, end_.limits);
    if (!frame.ok()) return Reject(frame.status());

    // What answers this one may wait for what answers those behind it.
    if (is_in_turn_ && (current_ || end_.inbox->HasContent())) link_->Hold();
    const std::weak_ptr<const char> alive = alive_;
    delegate_->OnFrame(*frame);
    return alive.expired() ? Delivered::kDestroyed : Delivered::kFrame;
  }
  return Delivered::kNothing;
}

FramedPipe::Delivered FramedPipe::DeliverEnd(const absl::Status& reason) {
  state_ = State::kClosed;
  delegate_->OnClosed(reason);  // may destroy this
  return Delivered::kEnd;
}

FramedPipe::Delivered FramedPipe::Reject(const absl::Status& reason) {
  Abort(reason);
  return DeliverEnd(reason);
}

void FramedPipe::Fail(const absl::Status& reason) {
  state_ = State::kFailing;
  current_.reset();
  link_->Abort(reason);
  end_.inbox->Abort(reason);
}

}  // namespace ipc
