#include "runtime/transport/grpc/outbox.h"

#include <algorithm>
#include <utility>

namespace ipc::internal {

absl::Span<uint8_t> Outbox::Add(OutboundQuota::Lane lane, size_t size, bool leaves_alone) {
  if (batches_.empty() || batches_.back().bytes.size() - used_ < size) {
    if (!batches_.empty()) batches_.back().bytes.Shorten(used_);
    batches_.push_back({.bytes = Slice(leaves_alone ? size : std::max(size, kBatchBytes))});
    used_ = 0;
  }
  Batch& batch = batches_.back();
  batch.load.Add(lane, size);
  const absl::Span<uint8_t> room(batch.bytes.data() + used_, size);
  used_ += size;
  return room;
}

Outbox::Batch Outbox::Take() {
  if (batches_.size() == 1) batches_.front().bytes.Shorten(used_);
  Batch batch = std::move(batches_.front());
  batches_.pop_front();
  if (batches_.empty()) used_ = 0;
  return batch;
}

void Outbox::Clear() {
  batches_.clear();
  used_ = 0;
}

}  // namespace ipc::internal
