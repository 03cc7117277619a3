// One gRPC stream of batches, whichever end of it: when to read, write and finish.
//
//   pipe's sequence: Write() Resume() Close() Abort()      gRPC's threads: HandleRead() ...
//                             \                              /
//                              the state, under one lock
//                                          |
//                              Drive(): one call into gRPC at a time
//
// gRPC ends the process for a second StartWrite, for one after a Finish, and for either while the
// other is being called. So whoever changes the state drives, unless somebody does already, who
// then does this work too: nobody waits for the other, and gRPC is called without the lock.
//
// Ownership   Owned by a link. It may be destroyed when WaitUntilDone() has said true.
// Threads     Any, as above. The derived class is called by one thread at a time.
#pragma once

#include <grpcpp/support/slice.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/inbox.h"
#include "runtime/transport/outbound_quota.h"

namespace ipc::internal {

class BatchStream {
 public:
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;

  // One encoded frame. Frames that wait together leave as one batch.
  void Write(OutboundQuota::Lane lane, grpc::Slice frame);
  // The inbox has room again.
  void Resume();
  // Finishes in order once everything has been written.
  void Close();
  // Finishes now. `reason` is for the peer.
  void Abort(const absl::Status& reason);

  // True when gRPC is through with this stream, or never knew it. False when `deadline` passed.
  bool WaitUntilDone(MonotonicTime deadline);

 protected:
  // How an end says that it has no more to say.
  enum class Ending {
    kHalfClose,  // a client: it half-closes, and the server finishes
    kFinish,     // a server: it finishes
  };

  BatchStream(const PipeEnd& end, Ending ending) : end_(end), ending_(ending) {}
  ~BatchStream() = default;

  // --- Calls into gRPC.

  virtual void StartReading() = 0;
  virtual void StartWriting(const std::vector<grpc::Slice>& frames) = 0;
  virtual void HalfClose() = 0;
  virtual void Cancel() = 0;
  // Nothing will be started any more.
  virtual void Finish(const absl::Status& reason) = 0;

  // --- What gRPC says.

  // There is a call. False when it must be refused: there was one, or the pipe is ending.
  bool Bind();
  // Reading and writing may begin.
  void Open();
  void HandleRead(ReceivedBatch batch);
  // No batch follows. `end`, where it is known already, is for the pipe.
  void HandleReadEnd(std::optional<absl::Status> end);
  void HandleWritten(bool ok);
  // The last that gRPC says.
  void HandleDone(absl::Status end);

 private:
  struct WaitingFrame {
    OutboundQuota::Lane lane;
    grpc::Slice bytes;
  };
  enum class Phase {
    kUnbound,    // no call yet
    kBound,      // the call waits for Open()
    kOpen,       //
    kFinishing,  // Finish() is to be called once no write is outstanding
    kFinished,   // Finish() was called
    kDone,       // gRPC is through with it
  };
  enum class Step { kNone, kCancel, kRead, kWrite, kHalfClose, kFinish };

  void Drive();
  // With the lock held: the next call to make, marked as made.
  Step NextStep();
  Step NextOpenStep();
  void Perform(Step step, const absl::Status& reason);
  // With the lock held: moves waiting frames into packed_.
  void PackBatch();
  // With the lock held: Finish() is the next step, and nothing waits any more.
  void BeginFinish(const absl::Status& reason);

  const PipeEnd end_;
  const Ending ending_;

  std::mutex mutex_;
  std::condition_variable changed_;
  Phase phase_ = Phase::kUnbound;
  std::deque<WaitingFrame> queue_;
  std::vector<grpc::Slice> packed_;  // the driver's, from PackBatch() to StartWriting()
  OutboundQuota::Load in_flight_;    // what gRPC is writing
  absl::Status finish_reason_;
  bool is_reading_ = false;
  bool is_writing_ = false;
  bool is_broken_ = false;  // a write has failed; the reads will say why
  bool wants_read_ = false;
  bool wants_close_ = false;
  bool wants_cancel_ = false;
  bool is_driven_ = false;
};

}  // namespace ipc::internal
