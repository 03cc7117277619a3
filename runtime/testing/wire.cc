#include "runtime/testing/wire.h"

#include <utility>

#include "runtime/transport/inproc/parcel.h"
#include "runtime/transport/link.h"

namespace ipc::testing {

class Wire::EndOfWire final : public Link {
 public:
  EndOfWire(std::shared_ptr<Wire> wire, End end) : wire_(std::move(wire)), end_(end) {}
  ~EndOfWire() override { wire_->Finish(end_, absl::UnavailableError("the connection was lost")); }

  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override {
    wire_->Carry(end_, MakeParcel(wire_->ends_[end_], lane, size, encode));
  }
  void Resume() override {}
  void Close() override { wire_->Finish(end_, absl::OkStatus()); }
  void Abort(const absl::Status& reason) override { wire_->Finish(end_, reason); }

  PeerTurn RunPeer(MonotonicTime deadline) override {
    return wire_->run_others_(deadline) ? PeerTurn::kRan : PeerTurn::kIdle;
  }

 private:
  const std::shared_ptr<Wire> wire_;
  const End end_;
};

std::shared_ptr<Wire> Wire::Create(std::shared_ptr<TaskRunner> main,
                                   std::shared_ptr<TaskRunner> renderer, const Limits& limits,
                                   RunOthers run_others) {
  return std::shared_ptr<Wire>(new Wire(PipeEnd(std::move(main), limits),
                                        PipeEnd(std::move(renderer), limits),
                                        std::move(run_others)));
}

Wire::Wire(PipeEnd main, PipeEnd renderer, RunOthers run_others)
    : ends_({std::move(main), std::move(renderer)}), run_others_(std::move(run_others)) {}

std::unique_ptr<Pipe> Wire::MakePipe(End end) {
  return std::make_unique<FramedPipe>(ends_[end],
                                      std::make_unique<EndOfWire>(shared_from_this(), end));
}

void Wire::Carry(End from, ReceivedBatch batch) {
  if (has_finished_[from]) return;
  // Never asked to stop: the sender's quota bounds what lies in the peer's inbox.
  (void)InboxOf(Other(from)).Push(std::move(batch));
}

void Wire::Finish(End from, const absl::Status& reason) {
  if (std::exchange(has_finished_[from], true)) return;
  InboxOf(Other(from)).End(reason);
}

void Wire::Cut() {
  for (const End from : {kMain, kRenderer}) {
    if (std::exchange(has_finished_[from], true)) continue;
    InboxOf(Other(from)).Abort(absl::UnavailableError("the connection was lost"));
  }
}

}  // namespace ipc::testing
