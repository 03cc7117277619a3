// Received batches on their way from a transport's threads to the sequence of the pipe.
//
// Ownership   Shared by the pipe's end and its link. Posted tasks keep it alive too.
// Threads     The link's half is for any thread, the reader's half for the runner's sequence.
// Limits      It asks the link to stop reading when it holds more than `max_bytes`, and to go on at
//             half of that. Each batch counts for a little more than its bytes, so that batches
//             without content cost their sender something too.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/task_runner.h"

namespace ipc {

// The bytes of a wire.proto Batch, in the buffer that they arrived in.
struct ReceivedBatch {
  absl::Span<const uint8_t> bytes;
  std::shared_ptr<const void> buffer;
};

class Inbox : public std::enable_shared_from_this<Inbox> {
 public:
  class Reader {
   public:
    // There may be something to take. May destroy the reader.
    virtual void OnInboxReady() = 0;

   protected:
    ~Reader() = default;
  };

  // What a batch costs beyond its bytes.
  static constexpr size_t kBatchOverhead = 128;

  Inbox(std::shared_ptr<TaskRunner> runner, size_t max_bytes);

  // --- The link's half.

  // False: read no more until Take() said to go on.
  [[nodiscard]] bool Push(ReceivedBatch batch);
  // No batch follows. The first reason counts; the reader hears it behind all batches.
  void End(absl::Status reason);
  // The end at once, before the batches that are still here.
  void Abort(absl::Status reason);
  // A sender that was refused may try again.
  void NotifyWritable();

  // --- The reader's half.

  // `reader` hears of what is here and of what comes, never inside this call, until Shut().
  void Open(Reader* reader);
  // Drops what is here and what comes.
  void Shut();

  struct Taken {
    std::optional<ReceivedBatch> batch;
    std::optional<absl::Status> end;  // once, when no batch is left
    bool may_resume = false;          // the link was told to stop and may go on
  };
  Taken Take();
  bool TakeWritable();
  bool HasContent();

  // Has OnInboxReady() called once more, by the loop.
  void Schedule();
  // Calls OnInboxReady() now, in place of the loop, if there is something to take.
  bool RunNow();

  // Blocks until there is a batch or the end. False when `deadline` passed first, or `stop_token`
  // was told to stop.
  bool Wait(MonotonicTime deadline, const std::stop_token& stop_token);

 private:
  enum class State { kOpen, kEnded, kEndTaken, kShut };

  bool HasContentLocked() const;
  // To be called with the lock held; true when a turn has to be posted, without it.
  bool WakeLocked();
  void PostTurn();
  void RunTurn();

  const std::shared_ptr<TaskRunner> runner_;
  const size_t max_bytes_;
  Reader* reader_ = nullptr;  // sequence only

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ReceivedBatch> batches_;
  size_t held_bytes_ = 0;
  State state_ = State::kOpen;
  absl::Status end_;
  bool is_read_ = false;       // Open() was called: turns may be posted
  bool is_paused_ = false;     // the link was told to stop reading
  bool is_writable_ = false;   // an OnWritable() is owed
  bool is_scheduled_ = false;  // a turn is posted
  bool is_awaited_ = false;    // the reader blocks in Wait(): no turn is needed
};

}  // namespace ipc
