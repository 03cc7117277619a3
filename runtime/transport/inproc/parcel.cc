#include "runtime/transport/inproc/parcel.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace ipc {
namespace {

class Parcel {
 public:
  Parcel(const PipeEnd& sender, OutboundQuota::Lane lane, size_t size)
      : sender_inbox_(sender.inbox),
        sender_quota_(sender.outbound),
        size_(size),
        bytes_(std::make_unique_for_overwrite<uint8_t[]>(size)) {
    load_.Add(lane, size);
  }
  Parcel(const Parcel&) = delete;
  Parcel& operator=(const Parcel&) = delete;
  ~Parcel() {
    if (sender_quota_->Release(load_)) sender_inbox_->NotifyWritable();
  }

  absl::Span<uint8_t> bytes() const { return {bytes_.get(), size_}; }

 private:
  const std::shared_ptr<Inbox> sender_inbox_;
  const std::shared_ptr<OutboundQuota> sender_quota_;
  OutboundQuota::Load load_;
  const size_t size_;
  const std::unique_ptr<uint8_t[]> bytes_;
};

}  // namespace

ReceivedBatch MakeParcel(const PipeEnd& sender, OutboundQuota::Lane lane, size_t size,
                         Link::Encode encode) {
  auto parcel = std::make_shared<const Parcel>(sender, lane, size);
  encode(parcel->bytes());
  const absl::Span<const uint8_t> bytes = parcel->bytes();
  return {bytes, std::move(parcel)};
}

}  // namespace ipc
