#include "runtime/transport/grpc/batch_stream.h"

#include <grpc/byte_buffer.h>

#include <algorithm>
#include <utility>

#include "absl/types/span.h"
#include "runtime/base/check.h"

namespace ipc::internal {
namespace {

// The bytes of a message in one piece; copied only where they arrived in several.
Slice JoinedBytes(const grpc_slice_buffer& pieces) {
  if (pieces.count == 1) return Slice(grpc_slice_ref(pieces.slices[0]));
  Slice joined(pieces.length);
  uint8_t* room = joined.data();
  for (const grpc_slice& piece : absl::MakeConstSpan(pieces.slices, pieces.count)) {
    room = std::copy_n(GRPC_SLICE_START_PTR(piece), GRPC_SLICE_LENGTH(piece), room);
  }
  return joined;
}

ReceivedBatch BytesOf(const grpc_byte_buffer& message) {
  auto slice = std::make_shared<Slice>(JoinedBytes(message.data.raw.slice_buffer));
  return {{slice->data(), slice->size()}, slice};
}

}  // namespace

void* BatchStream::Operation::Begin() {
  IPC_CHECK(!is_under_way(), "gRPC takes one such operation at a time");
  keeps_ = stream_->shared_from_this();
  return static_cast<Completion*>(this);
}

void BatchStream::Operation::OnDone(bool ok) {
  const std::shared_ptr<BatchStream> stream = std::move(keeps_);
  (stream.get()->*handler_)(ok);
}

BatchStream::BatchStream(const PipeEnd& end, GrpcLoop& loop, Ending ending)
    : end_(end), loop_(loop), ending_(ending) {
  loop_.AddStream(this);
}

BatchStream::~BatchStream() {
  if (call_ != nullptr) grpc_call_unref(call_);
  loop_.RemoveStream(this);
}

void BatchStream::Write(OutboundQuota::Lane lane, size_t size, Link::Encode encode) {
  if (phase_ >= Phase::kFinishing || is_broken_) return;
  const bool leaves_now = phase_ == Phase::kOpen && !write_.is_under_way() && !is_held_;
  encode(outbox_.Add(lane, size, leaves_now));
  Drive();
}

void BatchStream::Release() {
  is_held_ = false;
  Drive();
}

void BatchStream::Resume() {
  wants_read_ = true;
  Drive();
}

void BatchStream::Close() {
  is_held_ = false;
  wants_close_ = true;
  wants_read_ = true;  // up to the peer's end
  Drive();
}

void BatchStream::Abort(const absl::Status& reason) {
  if (phase_ == Phase::kUnbound) phase_ = Phase::kDone;
  if (phase_ >= Phase::kFinishing) return;
  // A write may be stuck for as long as the peer likes, and a client's Finish() ends nothing.
  wants_cancel_ = write_.is_under_way() || ending_ == Ending::kHalfClose;
  BeginFinish(reason);
  Drive();
}

bool BatchStream::WaitUntilDone(MonotonicTime deadline) {
  while (phase_ != Phase::kUnbound && phase_ != Phase::kDone) {
    if (!loop_.RunOnce(deadline, {})) return false;
  }
  return true;
}

void BatchStream::Bind(grpc_call* call) {
  call_ = call;
  if (phase_ == Phase::kUnbound) phase_ = Phase::kBound;
}

void BatchStream::Open() {
  if (phase_ != Phase::kBound) return;
  phase_ = Phase::kOpen;
  wants_read_ = true;
  Drive();
}

void BatchStream::HandleOver(absl::Status end) {
  is_over_ = true;
  over_ = std::move(end);
  EndIfOver();
}

void BatchStream::Start(const grpc_op* operations, size_t count, Operation* operation) {
  const grpc_call_error error =
      grpc_call_start_batch(call_, operations, count, operation->Begin(), nullptr);
  IPC_CHECK(error == GRPC_CALL_OK, "gRPC refuses an operation");
}

void BatchStream::OnRead(bool /*ok*/) {
  grpc_byte_buffer* const message = std::exchange(reading_, nullptr);
  if (message == nullptr) {  // the end: how, HandleOver() knows
    if (phase_ < Phase::kFinishing) BeginFinish(absl::OkStatus());
  } else {
    ReceivedBatch batch = BytesOf(*message);
    loop_.NoteMessage(batch.bytes.size());
    grpc_byte_buffer_destroy(message);
    if (batch.bytes.empty() || end_.inbox->Push(std::move(batch))) wants_read_ = true;
  }
  Drive();
  EndIfOver();
}

void BatchStream::OnWritten(bool ok) {
  grpc_byte_buffer_destroy(std::exchange(writing_, nullptr));
  if (!ok) {
    is_broken_ = true;
    outbox_.Clear();
  }
  if (end_.outbound->Release(std::exchange(in_flight_, {}))) end_.inbox->NotifyWritable();
  Drive();
  EndIfOver();
}

void BatchStream::EndIfOver() {
  if (!is_over_ || phase_ != Phase::kFinished) return;
  for (const Operation* operation : {&read_, &write_, &half_close_, &finish_}) {
    if (operation->is_under_way()) return;
  }
  phase_ = Phase::kDone;
  end_.inbox->End(over_);
}

void BatchStream::Drive() {
  if (std::exchange(is_driven_, true)) return;
  for (Step step = NextStep(); step != Step::kNone; step = NextStep()) Perform(step);
  is_driven_ = false;
}

BatchStream::Step BatchStream::NextStep() {
  switch (phase_) {
    case Phase::kUnbound:
    case Phase::kBound:
    case Phase::kFinished:
    case Phase::kDone:
      return Step::kNone;
    case Phase::kOpen:
      return NextOpenStep();
    case Phase::kFinishing:
      if (std::exchange(wants_cancel_, false)) return Step::kCancel;
      if (write_.is_under_way()) return Step::kNone;
      phase_ = Phase::kFinished;
      return Step::kFinish;
  }
  return Step::kNone;
}

BatchStream::Step BatchStream::NextOpenStep() {
  if (!write_.is_under_way()) {
    if (!outbox_.is_empty() && (!is_held_ || outbox_.is_large())) return Step::kWrite;
    if (outbox_.is_empty() && std::exchange(wants_close_, false)) {
      if (ending_ == Ending::kHalfClose) return Step::kHalfClose;
      phase_ = Phase::kFinished;
      return Step::kFinish;
    }
  }
  if (!read_.is_under_way() && std::exchange(wants_read_, false)) return Step::kRead;
  return Step::kNone;
}

void BatchStream::Perform(Step step) {
  switch (step) {
    case Step::kNone:
      return;
    case Step::kCancel:
      grpc_call_cancel(call_, nullptr);
      return;
    case Step::kRead:
      return StartReading();
    case Step::kWrite:
      return StartWriting();
    case Step::kHalfClose:
      return HalfClose();
    case Step::kFinish:
      Finish(finish_reason_);
      return EndIfOver();
  }
}

void BatchStream::StartReading() {
  grpc_op read{};
  read.op = GRPC_OP_RECV_MESSAGE;
  read.data.recv_message.recv_message = &reading_;
  Start(&read, 1, &read_);
}

void BatchStream::StartWriting() {
  Outbox::Batch batch = outbox_.Take();
  in_flight_ = batch.load;
  loop_.NoteMessage(batch.bytes.size());
  writing_ = grpc_raw_byte_buffer_create(batch.bytes.get(), 1);
  grpc_op write{};
  write.op = GRPC_OP_SEND_MESSAGE;
  write.data.send_message.send_message = writing_;
  loop_.RunAtOnce([&] { Start(&write, 1, &write_); });
}

void BatchStream::HalfClose() {
  grpc_op close{};
  close.op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
  Start(&close, 1, &half_close_);
}

void BatchStream::BeginFinish(const absl::Status& reason) {
  phase_ = Phase::kFinishing;
  finish_reason_ = reason;
  outbox_.Clear();
}

}  // namespace ipc::internal
