#include "runtime/transport/inproc/inproc_pipe.h"

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/inproc/parcel.h"

namespace ipc {
namespace {

class InprocLink final : public Link {
 public:
  InprocLink(PipeEnd own, PipeEnd peer) : own_(std::move(own)), peer_(std::move(peer)) {}
  ~InprocLink() override { peer_.inbox->End(absl::UnavailableError("the connection was lost")); }

  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override {
    // Never asked to stop: the sender's quota bounds what lies in the peer's inbox.
    (void)peer_.inbox->Push(MakeParcel(own_, lane, size, encode));
  }

  void Resume() override {}
  void Close() override { peer_.inbox->End(absl::OkStatus()); }
  void Abort(const absl::Status& reason) override { peer_.inbox->End(reason); }

  PeerTurn RunPeer(MonotonicTime, const std::stop_token&) override {
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
