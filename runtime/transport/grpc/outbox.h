// The frames that wait for a stream, packed into batches as they come: what leaves together is in
// one piece, and costs gRPC as much as one frame.
//
// Threads     One sequence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "absl/types/span.h"
#include "runtime/transport/grpc/slice.h"
#include "runtime/transport/outbound_quota.h"

namespace ipc::internal {

class Outbox {
 public:
  struct Batch {
    Slice bytes;
    OutboundQuota::Load load;
  };

  bool is_empty() const { return batches_.empty(); }
  // A batch that takes no more frames of a common size waits.
  bool is_large() const { return batches_.size() > 1 || used_ >= kLargeBytes; }

  // Room for one more frame, which is to be written there at once. `leaves_alone`: nothing will be
  // packed behind it.
  absl::Span<uint8_t> Add(OutboundQuota::Lane lane, size_t size, bool leaves_alone);
  Batch Take();
  void Clear();

 private:
  static constexpr size_t kLargeBytes = 16 << 10;

  std::deque<Batch> batches_;
  size_t used_ = 0;  // of the last one
};

}  // namespace ipc::internal
