// The two messages that gRPC has in its hands during a call: the one it reads, the one it writes.
//
// Not part of BatchStream: gRPC's templates take these apart on its own threads, so whoever touches
// them must not be instrumented; see tsan.h.
//
// Threads     Between a call into gRPC and its reaction, gRPC's.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <memory>
#include <vector>

#include "runtime/transport/inbox.h"

namespace ipc::internal {

class CallBuffers {
 public:
  grpc::ByteBuffer* reading() { return &reading_; }

  // What was read, in one piece; copied only where it arrived in several.
  ReceivedBatch TakeRead() {
    auto slice = std::make_shared<grpc::Slice>();
    const bool is_whole =
        reading_.TrySingleSlice(slice.get()).ok() || reading_.DumpToSingleSlice(slice.get()).ok();
    reading_.Clear();
    if (!is_whole) return {};
    return {{slice->begin(), slice->size()}, slice};
  }

  // `frames` as one batch.
  const grpc::ByteBuffer* Pack(const std::vector<grpc::Slice>& frames) {
    writing_ = grpc::ByteBuffer(frames.data(), frames.size());
    return &writing_;
  }
  void DropWritten() { writing_.Clear(); }

 private:
  grpc::ByteBuffer reading_;
  grpc::ByteBuffer writing_;
};

}  // namespace ipc::internal
