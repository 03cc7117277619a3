#include "tests/simulation/link.h"

#include <algorithm>
#include <utility>

#include "runtime/wire/batch.h"

namespace ipc::simulation {

class Link::EndPipe final : public Pipe {
 public:
  EndPipe(Link& link, Side side) : link_(link), side_(side) {}
  ~EndPipe() override {
    if (!has_closed_) link_.Close(side_, absl::UnavailableError("the connection was lost"));
  }

  void Start(Delegate* delegate) override {
    End& end = link_.end(side_);
    end.delegate = delegate;
    end.state = State::kOpen;
  }
  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) override {
    return link_.Send(side_, header, payload);
  }
  void Close() override {
    if (!std::exchange(has_closed_, true)) link_.Close(side_, absl::OkStatus());
  }
  void Abort(const absl::Status& reason) override {
    if (!std::exchange(has_closed_, true)) link_.Close(side_, reason);
  }
  bool WaitForFrames(MonotonicTime deadline, const std::stop_token&) override {
    auto is_ready = [this] { return link_.IsDue(side_); };
    if (!link_.end(side_).watcher->WaitUntil(deadline, is_ready)) return false;
    link_.HandOver(side_);
    return true;
  }

 private:
  Link& link_;
  const Side side_;
  bool has_closed_ = false;
};

Link::Link(Scene& scene) : scene_(scene), ends_{End(scene.plan.limits), End(scene.plan.limits)} {}

std::unique_ptr<Pipe> Link::MakePipe(Side side, Watcher* watcher,
                                     std::shared_ptr<Sequence> sequence) {
  End& made = end(side);
  made.watcher = watcher;
  made.sequence = std::move(sequence);
  return std::make_unique<EndPipe>(*this, side);
}

absl::Status Link::Send(Side from, const FrameHeader& header, const PayloadWriter& payload) {
  End& sender = end(from);
  scene_.Expect(sender.sequence->IsCurrent(), Invariant::kSequence, "a frame is sent elsewhere");
  absl::Status result = TrySend(from, header, payload);
  sender.watcher->OnSent(header, payload, result);
  return result;
}

absl::Status Link::TrySend(Side from, const FrameHeader& header, const PayloadWriter& payload) {
  End& sender = end(from);
  if (sender.state != State::kOpen) return absl::UnavailableError("the pipe is closed");
  const size_t payload_size = payload.size();
  if (absl::Status legal = CheckFrame(header, payload_size, scene_.plan.limits); !legal.ok()) {
    return legal;
  }
  const size_t size = BatchedFrameSize(header, payload_size);
  const OutboundQuota::Lane lane = OutboundQuota::LaneOf(header, size);
  const bool must_fit = FitsRecount(from, lane, size);
  const bool fits = sender.outbound.TryCharge(lane, size);
  scene_.Expect(fits == must_fit, Invariant::kQuota, "lane ", static_cast<int>(lane), ": ", size,
                " bytes ", fits ? "are taken, " : "are refused, ", "a recount says otherwise");
  if (!fits) return Refuse(from, lane);
  std::vector<uint8_t> bytes(size);
  EncodeBatchedFrame(header, payload, absl::MakeSpan(bytes));
  Push(Other(from), std::move(bytes), lane);
  return absl::OkStatus();
}

absl::Status Link::Refuse(Side from, OutboundQuota::Lane lane) {
  switch (lane) {
    case OutboundQuota::Lane::kMessages:
      scene_.Count("message refused: queue full");
      return OutboundQuota::Refusal(lane);
    case OutboundQuota::Lane::kRelayed:
      scene_.Count("relayed message refused: queue full");
      return OutboundQuota::Refusal(lane);
    case OutboundQuota::Lane::kAnswers:
      scene_.Count("answer refused: queue full");
      return OutboundQuota::Refusal(lane);
    case OutboundQuota::Lane::kSignals:
      break;
  }
  scene_.Count("pipe failed: signals full");
  const absl::Status reason = OutboundQuota::Refusal(lane);
  end(from).state = State::kFailing;
  for (Side side : {from, Other(from)}) {
    Cut(side, 0);
    Finish(side, reason);
  }
  return absl::UnavailableError("the pipe is closed");
}

// The queue itself is asked, frame by frame, where the quota keeps sums.
bool Link::FitsRecount(Side from, OutboundQuota::Lane lane, size_t size) const {
  size_t frames = 0;
  size_t bytes = size;
  for (const Parcel& parcel : end(Other(from)).queue) {
    if (parcel.lane != lane) continue;
    frames += 1;
    bytes += parcel.bytes.size();
  }
  const Limits& limits = scene_.plan.limits;
  if (frames == 0) return true;
  switch (lane) {
    case OutboundQuota::Lane::kMessages:
      return frames < limits.outbound_frames && bytes <= limits.outbound_bytes;
    case OutboundQuota::Lane::kAnswers:
      return bytes <= limits.answer_bytes;
    case OutboundQuota::Lane::kSignals:
      return frames < limits.answer_frames;
    case OutboundQuota::Lane::kRelayed:
      return frames < limits.relayed_frames && bytes <= limits.relayed_bytes;
  }
  return false;
}

void Link::Push(Side to, std::vector<uint8_t> bytes, OutboundQuota::Lane lane) {
  Parcel parcel{std::move(bytes), lane, Arrival(to)};
  if (end(to).is_cut) return Release(Other(to), parcel);
  end(to).queue.push_back(std::move(parcel));
}

MonotonicTime Link::Arrival(Side side) {
  End& reached = end(side);
  const MonotonicTime earliest = scene_.now + scene_.dice.UpTo(scene_.plan.latency);
  reached.last_arrival = std::max(reached.last_arrival, earliest);
  return reached.last_arrival;
}

void Link::Release(Side from, const Parcel& parcel) {
  if (!parcel.lane) return;
  OutboundQuota::Load load;
  load.Add(*parcel.lane, parcel.bytes.size());
  if (end(from).outbound.Release(load)) end(from).owes_writable = true;
}

void Link::Cut(Side side, size_t kept) {
  End& reached = end(side);
  reached.is_cut = true;
  while (reached.queue.size() > kept) {
    Release(Other(side), reached.queue.back());
    reached.queue.pop_back();
  }
}

void Link::Finish(Side side, const absl::Status& reason) {
  End& reached = end(side);
  reached.last_word = reason;
  Arrival(side);
}

void Link::Close(Side side, const absl::Status& reason) {
  end(side).state = State::kClosed;
  Cut(side, 0);
  end(side).last_word.reset();
  const Side peer = Other(side);
  if (end(peer).state == State::kClosed || end(peer).last_word) return;
  if (!reason.ok()) Cut(peer, 0);
  Finish(peer, reason);
}

void Link::Die(const absl::Status& reason) {
  for (Side side : {Side::kMain, Side::kRenderer}) {
    if (end(side).state == State::kClosed) continue;
    Cut(side, scene_.dice.Below(end(side).queue.size() + 1));
    Finish(side, reason);
  }
}

bool Link::Forge(Side side, const FrameHeader& header) {
  End& reached = end(side);
  if (reached.is_cut || reached.last_word) return false;
  // It takes no room: the one who forges heeds no quota.
  std::vector<uint8_t> bytes(BatchedFrameSize(header, 0));
  EncodeBatchedFrame(header, EmptyPayload(), absl::MakeSpan(bytes));
  reached.queue.push_back({std::move(bytes), std::nullopt, Arrival(side)});
  return true;
}

bool Link::IsDue(Side side) const { return NextArrival(side) <= scene_.now; }

MonotonicTime Link::NextArrival(Side side) const {
  const End& reached = end(side);
  if (reached.state != State::kOpen && reached.state != State::kFailing) return kForever;
  if (!reached.queue.empty()) {
    return std::max(reached.queue.front().arrival, reached.stalled_until);
  }
  return reached.last_word ? std::max(reached.last_arrival, reached.stalled_until) : kForever;
}

void Link::HandOver(Side side) {
  End& reached = end(side);
  CurrentTaskRunner turn(reached.sequence);
  if (reached.queue.empty()) {
    reached.state = State::kClosed;
    const absl::Status reason = *std::exchange(reached.last_word, std::nullopt);
    reached.is_cut = true;
    reached.watcher->OnHandingEnd(reason);
    reached.delegate->OnClosed(reason);
    return;
  }
  // The bytes live as long as a pipe's do: until the delegate returns.
  const Parcel parcel = std::move(reached.queue.front());
  reached.queue.pop_front();
  Release(Other(side), parcel);
  BatchReader reader(parcel.bytes);
  const auto bytes = reader.Next();
  const absl::StatusOr<FrameView> frame = DecodeFrame(**bytes, scene_.plan.limits);
  scene_.Expect(frame.ok(), Invariant::kIntact, "a frame was sent that no reader takes");
  if (!frame.ok()) return;
  reached.watcher->OnHanding(*frame);
  reached.delegate->OnFrame(*frame);
}

bool Link::OwesWritable(Side side) const {
  return end(side).owes_writable && end(side).state == State::kOpen;
}

void Link::TellWritable(Side side) {
  end(side).owes_writable = false;
  CurrentTaskRunner turn(end(side).sequence);
  end(side).delegate->OnWritable();
}

}  // namespace ipc::simulation
