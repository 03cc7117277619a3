#include "runtime/testing/wire.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/transport/inproc/parcel.h"
#include "runtime/transport/link.h"

namespace ipc::testing {
namespace {

absl::Status Lost() { return absl::UnavailableError("the connection was lost"); }

ReceivedBatch AsBatch(std::vector<uint8_t> bytes) {
  auto buffer = std::make_shared<const std::vector<uint8_t>>(std::move(bytes));
  return {*buffer, buffer};
}

}  // namespace

class Wire::EndOfWire final : public Link {
 public:
  EndOfWire(std::shared_ptr<Wire> wire, End end) : wire_(std::move(wire)), end_(end) {}
  ~EndOfWire() override { wire_->Finish(end_, Lost()); }

  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override {
    wire_->Carry(end_, MakeParcel(wire_->ways_[end_].from, lane, size, encode));
  }
  void Resume() override {}
  void Close() override { wire_->Finish(end_, absl::OkStatus()); }
  void Abort(const absl::Status& reason) override { wire_->Finish(end_, reason); }

  // Only renderers wait.
  PeerTurn RunPeer(MonotonicTime deadline, const std::stop_token& /*stop_token*/) override {
    const Options& options = wire_->options_;
    const bool has_run = options.scheduler.RunOthers(options.renderer, deadline);
    return has_run ? PeerTurn::kRan : PeerTurn::kIdle;
  }

 private:
  const std::shared_ptr<Wire> wire_;
  const End end_;
};

std::shared_ptr<Wire> Wire::Create(const Options& options, std::shared_ptr<TaskRunner> main,
                                   std::shared_ptr<TaskRunner> renderer, const Limits& limits) {
  std::shared_ptr<Wire> wire(
      new Wire(options, PipeEnd(std::move(main), limits), PipeEnd(std::move(renderer), limits)));
  options.scheduler.Add(wire);
  return wire;
}

Wire::Wire(const Options& options, const PipeEnd& main, const PipeEnd& renderer)
    : options_(options), ways_({Way{main, renderer.inbox}, Way{renderer, main.inbox}}) {}

std::unique_ptr<Pipe> Wire::MakePipe(End end) {
  return std::make_unique<FramedPipe>(ways_[end].from,
                                      std::make_unique<EndOfWire>(shared_from_this(), end));
}

void Wire::Carry(End from, ReceivedBatch batch) {
  Way& way = ways_[from];
  if (way.has_finished) return;
  MonotonicTime due = options_.scheduler.now();
  switch (options_.dice.Roll()) {
    case FaultDice::Fault::kNone:
      break;
    case FaultDice::Fault::kDelay:
      due += options_.dice.Delay();
      break;
    case FaultDice::Fault::kDrop:
      return Cut();
    case FaultDice::Fault::kKill:
      return options_.kill_renderer();
    case FaultDice::Fault::kMalformed:
      if (from == kRenderer) batch = AsBatch(options_.dice.Malformed(batch.bytes));
      break;
  }
  Move(way, std::move(batch), due);
}

void Wire::Finish(End from, const absl::Status& reason) {
  Way& way = ways_[from];
  if (std::exchange(way.has_finished, true)) return;
  Move(way, reason, options_.scheduler.now());
}

void Wire::Move(Way& way, std::variant<ReceivedBatch, absl::Status> what, MonotonicTime due) {
  if (way.moving.empty() && due <= options_.scheduler.now()) return Arrive(way, std::move(what));
  way.moving.push_back({std::move(what), due});
}

void Wire::Arrive(Way& way, std::variant<ReceivedBatch, absl::Status> what) {
  if (auto* end = std::get_if<absl::Status>(&what)) return way.to->End(*end);
  // Never asked to stop: the sender's quota bounds what lies in the peer's inbox.
  (void)way.to->Push(std::get<ReceivedBatch>(std::move(what)));
}

void Wire::Cut() {
  for (Way& way : ways_) {
    way.has_finished = true;
    way.moving.clear();
    way.to->Abort(Lost());
  }
}

MonotonicTime Wire::next_due() const {
  MonotonicTime next = kForever;
  for (const Way& way : ways_) {
    if (!way.moving.empty()) next = std::min(next, way.moving.front().due);
  }
  return next;
}

bool Wire::TakeTurn() {
  bool had_work = false;
  for (Way& way : ways_) {
    while (!way.moving.empty() && way.moving.front().due <= options_.scheduler.now()) {
      auto what = std::move(way.moving.front().what);
      way.moving.pop_front();
      Arrive(way, std::move(what));
      had_work = true;
    }
  }
  return had_work;
}

}  // namespace ipc::testing
