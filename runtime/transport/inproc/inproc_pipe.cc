#include "runtime/transport/inproc/inproc_pipe.h"

#include "runtime/transport/framed_pipe.h"

namespace ipc {
namespace {

// One encoded frame on its way. It counts against its sender until the receiver has let it go.
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

class InprocLink final : public Link {
 public:
  InprocLink(PipeEnd own, PipeEnd peer) : own_(std::move(own)), peer_(std::move(peer)) {}
  ~InprocLink() override { peer_.inbox->End(absl::UnavailableError("the connection was lost")); }

  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override {
    auto parcel = std::make_shared<const Parcel>(own_, lane, size);
    encode(parcel->bytes());
    const absl::Span<const uint8_t> bytes = parcel->bytes();
    // Never asked to stop: the sender's quota bounds what lies in the peer's inbox.
    (void)peer_.inbox->Push({bytes, std::move(parcel)});
  }

  void Resume() override {}
  void Close() override { peer_.inbox->End(absl::OkStatus()); }
  void Abort(const absl::Status& reason) override { peer_.inbox->End(reason); }

  PeerTurn RunPeer() override {
    if (own_.runner != peer_.runner) return PeerTurn::kElsewhere;
    return peer_.inbox->RunNow() ? PeerTurn::kRan : PeerTurn::kIdle;
  }

 private:
  const PipeEnd own_;
  const PipeEnd peer_;
};

}  // namespace

InprocPipePair MakeInprocPipes(std::shared_ptr<TaskRunner> left, std::shared_ptr<TaskRunner> right,
                               const Limits& limits) {
  const PipeEnd left_end(std::move(left), limits);
  const PipeEnd right_end(std::move(right), limits);
  return {
      std::make_unique<FramedPipe>(left_end, std::make_unique<InprocLink>(left_end, right_end)),
      std::make_unique<FramedPipe>(right_end, std::make_unique<InprocLink>(right_end, left_end))};
}

}  // namespace ipc
