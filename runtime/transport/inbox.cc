#include "runtime/transport/inbox.h"

#include <utility>

namespace ipc {
namespace {

size_t CostOf(const ReceivedBatch& batch) { return batch.bytes.size() + Inbox::kBatchOverhead; }

}  // namespace

Inbox::Inbox(std::shared_ptr<TaskRunner> runner, size_t max_bytes)
    : runner_(std::move(runner)), max_bytes_(max_bytes) {}

bool Inbox::Push(ReceivedBatch batch) {
  bool may_go_on = true;
  bool must_post = false;
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::kOpen) return true;  // the link may read on to its end
    held_bytes_ += CostOf(batch);
    batches_.push_back(std::move(batch));
    if (held_bytes_ > max_bytes_) is_paused_ = true;
    may_go_on = !is_paused_;
    must_post = WakeLocked();
  }
  if (must_post) PostTurn();
  return may_go_on;
}

void Inbox::End(absl::Status reason) {
  bool must_post = false;
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::kOpen) return;
    state_ = State::kEnded;
    end_ = std::move(reason);
    must_post = WakeLocked();
  }
  if (must_post) PostTurn();
}

void Inbox::Abort(absl::Status reason) {
  std::deque<ReceivedBatch> dropped;
  bool must_post = false;
  {
    std::lock_guard lock(mutex_);
    if (state_ == State::kEndTaken || state_ == State::kShut) return;
    dropped.swap(batches_);
    held_bytes_ = 0;
    state_ = State::kEnded;
    end_ = std::move(reason);
    must_post = WakeLocked();
  }
  if (must_post) PostTurn();
}

void Inbox::NotifyWritable() {
  bool must_post = false;
  {
    std::lock_guard lock(mutex_);
    if (state_ != State::kOpen) return;
    is_writable_ = true;
    // Not WakeLocked(): this is nothing that Wait() waits for.
    must_post = is_read_ && !std::exchange(is_scheduled_, true);
  }
  if (must_post) PostTurn();
}

void Inbox::Open(Reader* reader) {
  reader_ = reader;
  bool must_post = false;
  {
    std::lock_guard lock(mutex_);
    is_read_ = true;
    must_post = (HasContentLocked() || is_writable_) && !std::exchange(is_scheduled_, true);
  }
  if (must_post) PostTurn();
}

void Inbox::Shut() {
  reader_ = nullptr;
  std::deque<ReceivedBatch> dropped;
  std::lock_guard lock(mutex_);
  dropped.swap(batches_);
  held_bytes_ = 0;
  state_ = State::kShut;
}

Inbox::Taken Inbox::Take() {
  Taken taken;
  std::lock_guard lock(mutex_);
  if (!batches_.empty()) {
    held_bytes_ -= CostOf(batches_.front());
    taken.batch = std::move(batches_.front());
    batches_.pop_front();
    taken.may_resume = is_paused_ && held_bytes_ <= max_bytes_ / 2;
    if (taken.may_resume) is_paused_ = false;
  } else if (state_ == State::kEnded) {
    state_ = State::kEndTaken;
    taken.end = end_;
  }
  return taken;
}

bool Inbox::HasContent() {
  std::lock_guard lock(mutex_);
  return HasContentLocked();
}

bool Inbox::TakeWritable() {
  std::lock_guard lock(mutex_);
  return std::exchange(is_writable_, false);
}

void Inbox::Schedule() {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(is_scheduled_, true)) return;
  }
  PostTurn();
}

bool Inbox::RunNow() {
  {
    std::lock_guard lock(mutex_);
    if (!HasContentLocked()) return false;
  }
  if (reader_ == nullptr) return false;
  reader_->OnInboxReady();
  return true;
}

bool Inbox::Wait(MonotonicTime deadline, const std::stop_token& stop_token) {
  // Made before the lock is taken and destroyed after it: who stops us holds it meanwhile.
  std::stop_callback wake_up(stop_token, [this] {
    std::lock_guard lock(mutex_);
    changed_.notify_one();
  });
  std::unique_lock lock(mutex_);
  auto is_over = [&] { return HasContentLocked() || stop_token.stop_requested(); };
  is_awaited_ = true;
  if (deadline == kForever) {
    changed_.wait(lock, is_over);
  } else {
    changed_.wait_until(lock, deadline, is_over);
  }
  is_awaited_ = false;
  return HasContentLocked();
}

bool Inbox::HasContentLocked() const { return !batches_.empty() || state_ == State::kEnded; }

bool Inbox::WakeLocked() {
  if (is_awaited_) {
    changed_.notify_one();
    return false;
  }
  return is_read_ && !std::exchange(is_scheduled_, true);
}

void Inbox::PostTurn() {
  runner_->Post([self = shared_from_this()] { self->RunTurn(); });
}

void Inbox::RunTurn() {
  {
    std::lock_guard lock(mutex_);
    is_scheduled_ = false;
  }
  if (reader_) reader_->OnInboxReady();
}

}  // namespace ipc
