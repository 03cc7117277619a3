// One gRPC call that carries batches both ways, whichever end of it: when to read, write and
// finish.
//
// gRPC takes one read and one write at a time, and nothing after the end of either. So each change
// of the state drives: it makes every call into gRPC that is possible now. What gRPC has to say
// comes later, from the GrpcLoop.
//
// Ownership   Shared by its link and by the operations that are under way: it outlives the link
//             until gRPC has let go of it.
// Threads     The loop's.
#pragma once

#include <grpc/grpc.h>

#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/grpc/completion.h"
#include "runtime/transport/grpc/grpc_loop.h"
#include "runtime/transport/grpc/outbox.h"
#include "runtime/transport/link.h"
#include "runtime/transport/outbound_quota.h"

namespace ipc::internal {

class BatchStream : public std::enable_shared_from_this<BatchStream>, private GrpcLoop::Stream {
 public:
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;

  // One encoded frame. Frames that wait together leave as one batch.
  void Write(OutboundQuota::Lane lane, size_t size, Link::Encode encode);
  // What is written from here on waits for Release(), or until there is a lot of it.
  void Hold() { is_held_ = true; }
  void Release();
  // The inbox has room again.
  void Resume();
  // Finishes in order once everything has been written.
  void Close();
  // Finishes now. `reason` is for the peer.
  void Abort(const absl::Status& reason);
  // Nobody asks for this stream any more: gRPC is to let go of what belongs to it.
  virtual void Leave() = 0;

  // False when `deadline` passed before gRPC was through with this call.
  bool WaitUntilDone(MonotonicTime deadline);

 protected:
  // How an end says that it has no more to say.
  enum class Ending {
    kHalfClose,  // a client: it half-closes, and the server finishes
    kFinish,     // a server: it finishes
  };

  // One kind of operation of a stream; one at a time is under way, and keeps the stream alive.
  class Operation final : public Completion {
   public:
    using Handler = void (BatchStream::*)(bool ok);
    Operation(BatchStream* stream, Handler handler) : stream_(stream), handler_(handler) {}

    // The tag to start it with.
    void* Begin();
    bool is_under_way() const { return keeps_ != nullptr; }
    void OnDone(bool ok) override;

   private:
    BatchStream* const stream_;
    const Handler handler_;
    std::shared_ptr<BatchStream> keeps_;
  };

  BatchStream(const PipeEnd& end, GrpcLoop& loop, Ending ending);
  virtual ~BatchStream();

  const PipeEnd& end() const { return end_; }
  GrpcLoop& loop() const { return loop_; }
  grpc_call* call() const { return call_; }

  // There is a call, which it owns. Reading and writing begin with Open().
  void Bind(grpc_call* call);
  bool is_bound() const { return call_ != nullptr; }
  bool is_done() const { return phase_ == Phase::kDone; }
  void Open();
  // gRPC's word on how the call has ended: the last but for the operations that are under way.
  void HandleOver(absl::Status end);
  void Start(const grpc_op* operations, size_t count, Operation* operation);

  // Says that nothing will be started any more, with finish_operation() where gRPC must be told.
  virtual void Finish(const absl::Status& reason) = 0;
  Operation* finish_operation() { return &finish_; }

 private:
  enum class Phase {
    kUnbound,    // no call yet
    kBound,      // the call waits for Open()
    kOpen,       //
    kFinishing,  // Finish() is to be called once no write is under way
    kFinished,   // Finish() was called
    kDone,       // gRPC is through with it
  };
  enum class Step { kNone, kCancel, kRead, kWrite, kHalfClose, kFinish };

  void Drive();
  Step NextStep();
  Step NextOpenStep();
  void Perform(Step step);
  void StartReading();
  void StartWriting();
  void HalfClose();
  // Finish() is the next step, and nothing waits any more.
  void BeginFinish(const absl::Status& reason);
  void EndIfOver();

  void OnRead(bool ok);
  void OnWritten(bool ok);
  void OnSaid(bool /*ok*/) { EndIfOver(); }

  const PipeEnd end_;
  GrpcLoop& loop_;
  const Ending ending_;
  grpc_call* call_ = nullptr;

  Phase phase_ = Phase::kUnbound;
  Outbox outbox_;
  OutboundQuota::Load in_flight_;  // what gRPC is writing
  grpc_byte_buffer* writing_ = nullptr;
  grpc_byte_buffer* reading_ = nullptr;
  absl::Status finish_reason_;
  absl::Status over_;
  bool is_over_ = false;
  bool is_held_ = false;
  bool is_broken_ = false;  // a write has failed; the reads will say why
  bool wants_read_ = false;
  bool wants_close_ = false;
  bool wants_cancel_ = false;
  bool is_driven_ = false;

  Operation read_{this, &BatchStream::OnRead};
  Operation write_{this, &BatchStream::OnWritten};
  Operation half_close_{this, &BatchStream::OnSaid};
  Operation finish_{this, &BatchStream::OnSaid};
};

}  // namespace ipc::internal
