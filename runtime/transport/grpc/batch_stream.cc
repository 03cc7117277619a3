#include "runtime/transport/grpc/batch_stream.h"

#include <utility>

namespace ipc::internal {
namespace {

// Frames are packed into one batch up to this size; one that is larger travels alone.
constexpr size_t kBatchBytes = 256 << 10;

}  // namespace

void BatchStream::Write(OutboundQuota::Lane lane, grpc::Slice frame) {
  {
    std::lock_guard lock(mutex_);
    if (phase_ >= Phase::kFinishing || is_broken_) return;
    queue_.push_back({lane, std::move(frame)});
  }
  Drive();
}

void BatchStream::Resume() {
  {
    std::lock_guard lock(mutex_);
    wants_read_ = true;
  }
  Drive();
}

void BatchStream::Close() {
  {
    std::lock_guard lock(mutex_);
    wants_close_ = true;
    wants_read_ = true;  // up to the peer's end
  }
  Drive();
}

void BatchStream::Abort(const absl::Status& reason) {
  {
    std::lock_guard lock(mutex_);
    if (phase_ == Phase::kUnbound) phase_ = Phase::kDone;
    if (phase_ >= Phase::kFinishing) return;
    // A write may be stuck for as long as the peer likes, and a client's Finish() ends nothing.
    wants_cancel_ = is_writing_ || ending_ == Ending::kHalfClose;
    BeginFinish(reason);
  }
  Drive();
}

bool BatchStream::WaitUntilDone(MonotonicTime deadline) {
  std::unique_lock lock(mutex_);
  auto is_done = [this] {
    return (phase_ == Phase::kUnbound || phase_ == Phase::kDone) && !is_driven_;
  };
  if (deadline != kForever) return changed_.wait_until(lock, deadline, is_done);
  changed_.wait(lock, is_done);
  return true;
}

bool BatchStream::Bind() {
  std::lock_guard lock(mutex_);
  if (phase_ != Phase::kUnbound) return false;
  phase_ = Phase::kBound;
  return true;
}

void BatchStream::Open() {
  {
    std::lock_guard lock(mutex_);
    if (phase_ != Phase::kBound) return;
    phase_ = Phase::kOpen;
    wants_read_ = true;
  }
  Drive();
}

void BatchStream::HandleRead(ReceivedBatch batch) {
  const bool may_go_on = batch.bytes.empty() || end_.inbox->Push(std::move(batch));
  {
    std::lock_guard lock(mutex_);
    is_reading_ = false;
    if (may_go_on) wants_read_ = true;  // Resume() may have said so already
  }
  Drive();
}

void BatchStream::HandleReadEnd(std::optional<absl::Status> end) {
  if (end) end_.inbox->End(*std::move(end));
  {
    std::lock_guard lock(mutex_);
    is_reading_ = false;
    if (phase_ < Phase::kFinishing) BeginFinish(absl::OkStatus());
  }
  Drive();
}

void BatchStream::HandleWritten(bool ok) {
  OutboundQuota::Load written;
  {
    std::lock_guard lock(mutex_);
    is_writing_ = false;
    written = std::exchange(in_flight_, {});
    if (!ok) {
      is_broken_ = true;
      queue_.clear();
    }
  }
  if (end_.outbound->Release(written)) end_.inbox->NotifyWritable();
  Drive();
}

void BatchStream::HandleDone(absl::Status end) {
  end_.inbox->End(std::move(end));
  std::lock_guard lock(mutex_);
  phase_ = Phase::kDone;
  changed_.notify_all();
}

void BatchStream::Drive() {
  std::unique_lock lock(mutex_);
  if (is_driven_) return;
  is_driven_ = true;
  for (Step step = NextStep(); step != Step::kNone; step = NextStep()) {
    const absl::Status reason = finish_reason_;
    lock.unlock();
    Perform(step, reason);
    lock.lock();
  }
  is_driven_ = false;
  changed_.notify_all();  // with the lock: whoever waits may destroy this once it has the lock
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
      if (is_writing_) return Step::kNone;
      phase_ = Phase::kFinished;
      return Step::kFinish;
  }
  return Step::kNone;
}

BatchStream::Step BatchStream::NextOpenStep() {
  if (!is_writing_ && !queue_.empty()) {
    PackBatch();
    is_writing_ = true;
    return Step::kWrite;
  }
  if (!is_writing_ && std::exchange(wants_close_, false)) {
    if (ending_ == Ending::kHalfClose) return Step::kHalfClose;
    phase_ = Phase::kFinished;
    return Step::kFinish;
  }
  if (!is_reading_ && std::exchange(wants_read_, false)) {
    is_reading_ = true;
    return Step::kRead;
  }
  return Step::kNone;
}

void BatchStream::Perform(Step step, const absl::Status& reason) {
  switch (step) {
    case Step::kNone:
      return;
    case Step::kCancel:
      return Cancel();
    case Step::kRead:
      return StartReading();
    case Step::kWrite:
      return StartWriting(std::exchange(packed_, {}));
    case Step::kHalfClose:
      return HalfClose();
    case Step::kFinish:
      return Finish(reason);
  }
}

void BatchStream::PackBatch() {
  size_t bytes = 0;
  do {
    WaitingFrame& frame = queue_.front();
    bytes += frame.bytes.size();
    in_flight_.Add(frame.lane, frame.bytes.size());
    packed_.push_back(std::move(frame.bytes));
    queue_.pop_front();
  } while (!queue_.empty() && bytes + queue_.front().bytes.size() <= kBatchBytes);
}

void BatchStream::BeginFinish(const absl::Status& reason) {
  phase_ = Phase::kFinishing;
  finish_reason_ = reason;
  queue_.clear();
}

}  // namespace ipc::internal
