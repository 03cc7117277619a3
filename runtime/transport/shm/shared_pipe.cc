#include "runtime/transport/shm/shared_pipe.h"

#include <sched.h>
#include <sys/epoll.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/check.h"
#include "runtime/base/strings.h"
#include "runtime/codec/utf8.h"

namespace ipc::internal {
namespace {

// So that other renderers, timers and descriptors have their turn.
constexpr int kFramesPerPoll = 32;
constexpr size_t kBytesPerPoll = 256 << 10;

// What a buffer may keep when its frame is gone.
constexpr size_t kLargestSpare = 64 << 10;

// After Close(), for the peer to take what is queued.
constexpr milliseconds kLinger{250};

constexpr uint32_t kLastStatus = 16;

absl::Status Lost() { return absl::UnavailableError("the connection was lost"); }

// Whether it is worth to spin for what follows. Signs of life come at their own pace, from all
// renderers of an idle main too.
bool LeadsToMore(FrameKind kind) { return kind != FrameKind::kPing && kind != FrameKind::kPong; }

uint32_t OwnProcessor() { return static_cast<uint32_t>(sched_getcpu()); }

RingWriter WriterOf(const OwnRegion& own, const PeerRegion& peer) {
  return RingWriter(own.ring(), own.ring_bytes(),
                    {&own.header().sending.written, &peer.header().receiving.read});
}

RingReader ReaderOf(const OwnRegion& own, const PeerRegion& peer) {
  return RingReader(peer.ring(), peer.ring_bytes(),
                    {&peer.header().sending.written, &own.header().receiving.read});
}

}  // namespace

class SharedPipe::Witness {
 public:
  explicit Witness(SharedPipe* pipe) : pipe_(pipe), outer_(std::exchange(pipe->witness_, this)) {}
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  ~Witness() {
    if (pipe_ != nullptr) pipe_->witness_ = outer_;
  }

  bool is_destroyed() const { return pipe_ == nullptr; }
  void Destroyed() {
    for (Witness* each = this; each != nullptr; each = each->outer_) each->pipe_ = nullptr;
  }

 private:
  SharedPipe* pipe_;
  Witness* const outer_;
};

SharedPipe::SharedPipe(EventLoop& loop, UniqueFd socket, OwnRegion own, PeerRegion peer,
                       const Limits& limits)
    : loop_(loop),
      bell_(std::move(socket)),
      own_(std::move(own)),
      peer_(std::move(peer)),
      limits_(limits),
      outbound_(WriterOf(own_, peer_), limits, [this] { RingIfAsleep(); }),
      inbound_(ReaderOf(own_, peer_), limits.message_bytes + limits.header_bytes),
      asleep_(own_.header().waiting.asleep.load()) {}

SharedPipe::~SharedPipe() {
  if (is_closing_) Linger();
  loop_.RemovePoller(this);
  if (watch_) loop_.Unwatch(*watch_);
  if (witness_ != nullptr) witness_->Destroyed();
}

absl::Status SharedPipe::WatchBell() {
  absl::StatusOr<WatchId> watch = loop_.Watch(bell_.fd(), EPOLLIN, [this](uint32_t) { OnBell(); });
  if (!watch.ok()) return watch.status();
  watch_ = *watch;
  return absl::OkStatus();
}

void SharedPipe::OnBell() {
  if (bell_.Listen() != Doorbell::Heard::kPeerGone) return;
  is_peer_gone_ = true;
  inbound_.Freeze();
  if (watch_) loop_.Unwatch(*std::exchange(watch_, std::nullopt));
}

void SharedPipe::Start(Delegate* delegate) {
  IPC_CHECK(delegate_ == nullptr, "a Pipe is started once");
  delegate_ = delegate;
  if (state_ != State::kClosed || is_closing_) loop_.AddPoller(this);
}

absl::Status SharedPipe::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (state_ != State::kOpen) return absl::UnavailableError("the pipe is closed");
  const size_t payload_size = payload.size();
  if (absl::Status legal = CheckFrame(header, payload_size, limits_); !legal.ok()) return legal;
  if (LeadsToMore(header.kind)) expects_ = true;
  TellProcessor();
  switch (outbound_.Send(header, payload, payload_size)) {
    case Outbound::Sent::kWritten:
      RingIfAsleep();
      break;
    case Outbound::Sent::kQueued:
      break;
    case Outbound::Sent::kRefused:
      return Refuse();
  }
  // What waits for room has to be thought of when the loop is at rest.
  if (!outbound_.is_empty()) loop_.RecheckPollers();
  return absl::OkStatus();
}

void SharedPipe::TellProcessor() {
  const uint32_t processor = OwnProcessor();
  // Only when it is another one: the peer looks at this cache line, and would have to fetch it.
  if (std::exchange(processor_, processor) == processor) return;
  own_.header().waiting.processor.store(processor, std::memory_order_relaxed);
}

absl::Status SharedPipe::Refuse() {
  const OutboundQuota::Lane lane = outbound_.full_lane();
  if (lane != OutboundQuota::Lane::kSignals) return OutboundQuota::Refusal(lane);
  Fail(OutboundQuota::Refusal(lane));
  return absl::UnavailableError("the pipe is closed");
}

void SharedPipe::Close() {
  if (std::exchange(state_, State::kClosed) != State::kOpen) return;
  if (outbound_.is_empty()) return SayEnd(RegionEnd::kClosed);
  is_closing_ = true;
  loop_.RecheckPollers();
}

void SharedPipe::Abort(const absl::Status& reason) {
  if (std::exchange(state_, State::kClosed) != State::kOpen) return;
  SayFarewell(reason);
}

void SharedPipe::Fail(const absl::Status& reason) {
  state_ = State::kFailing;
  failure_ = reason;
  SayFarewell(reason);
  loop_.RecheckPollers();
}

void SharedPipe::Poll() {
  Witness witness(this);
  if (!outbound_.is_empty() && outbound_.CanPump()) Pump();
  if (outbound_.TakeWritable() && state_ == State::kOpen) {
    delegate_->OnWritable();
    if (witness.is_destroyed()) return;
  }
  delivered_bytes_ = 0;
  for (int i = 0; i < kFramesPerPoll && delivered_bytes_ < kBytesPerPoll && HasInput(); ++i) {
    if (DeliverNext() != Delivered::kFrame) return;
  }
}

bool SharedPipe::HasWork() {
  return HasInput() || (outbound_.is_writable() && state_ == State::kOpen) ||
         (!outbound_.is_empty() && outbound_.CanPump());
}

bool SharedPipe::HasInput() const {
  if (state_ == State::kClosed) return false;
  return state_ == State::kFailing || is_peer_gone_ || inbound_.HasSomething() ||
         outbound_.is_broken() ||
         peer_.header().ending.end.load(std::memory_order_seq_cst) !=
             static_cast<uint32_t>(RegionEnd::kNone);
}

SharedPipe::Delivered SharedPipe::DeliverNext() {
  if (state_ == State::kClosed) return Delivered::kNothing;
  if (state_ == State::kFailing) return DeliverEnd(failure_);
  if (outbound_.is_broken()) {
    return Reject(absl::InvalidArgumentError("shared memory: the peer has read what is not there"));
  }
  // Before the ring is looked at: then the ring has all that there was before the end.
  const uint32_t end = peer_.header().ending.end.load(std::memory_order_acquire);
  if (end == static_cast<uint32_t>(RegionEnd::kAborted)) return DeliverEnd(ReadFarewell());

  FrameBuffer buffer = std::move(spare_);
  Inbound::Frame frame;
  const Inbound::Taken taken = inbound_.Take(buffer, frame);
  if (taken == Inbound::Taken::kBroken) {
    return Reject(
        absl::InvalidArgumentError(absl::StrCat("shared memory: ", ToAbsl(inbound_.problem()))));
  }
  if (taken != Inbound::Taken::kNothing && inbound_.TakeMadeRoom()) RingIfAsleepForRoom();
  if (taken == Inbound::Taken::kFrame) return DeliverFrame(frame.view(), std::move(buffer));
  spare_ = std::move(buffer);
  return taken == Inbound::Taken::kPieces ? Delivered::kPieces : DeliverWhatFollows(end);
}

SharedPipe::Delivered SharedPipe::DeliverFrame(const PartedBytes& bytes, FrameBuffer buffer) {
  const absl::StatusOr<FrameView> frame = DecodeFrame(bytes, limits_);
  if (!frame.ok()) return Reject(frame.status());
  if (LeadsToMore(frame->header.kind)) expects_ = true;
  delivered_bytes_ += bytes.size();
  Witness witness(this);
  delegate_->OnFrame(*frame);
  if (witness.is_destroyed()) return Delivered::kDestroyed;
  if (buffer.capacity() <= kLargestSpare) spare_ = std::move(buffer);
  return Delivered::kFrame;
}

SharedPipe::Delivered SharedPipe::DeliverWhatFollows(uint32_t end) {
  if (end == static_cast<uint32_t>(RegionEnd::kClosed)) {
    return DeliverEnd(inbound_.is_whole() ? absl::OkStatus() : Lost());
  }
  if (end != static_cast<uint32_t>(RegionEnd::kNone)) {
    return Reject(absl::InvalidArgumentError("shared memory: an end that does not exist"));
  }
  return is_peer_gone_ ? DeliverEnd(Lost()) : Delivered::kNothing;
}

SharedPipe::Delivered SharedPipe::DeliverEnd(const absl::Status& reason) {
  state_ = State::kClosed;
  delegate_->OnClosed(reason);  // may destroy this
  return Delivered::kEnd;
}

SharedPipe::Delivered SharedPipe::Reject(const absl::Status& reason) {
  Abort(reason);
  return DeliverEnd(reason);
}

bool SharedPipe::WaitForFrames(MonotonicTime deadline, const std::stop_token& stop_token) {
  IPC_CHECK(delegate_ != nullptr, "WaitForFrames() before Start()");
  Witness witness(this);
  bool has_arrived = false;
  SayAwake();
  while (state_ != State::kClosed) {
    Pump();
    const Delivered delivered = DeliverNext();
    if (witness.is_destroyed()) return true;
    has_arrived = delivered == Delivered::kFrame || delivered == Delivered::kEnd;
    if (has_arrived || stop_token.stop_requested()) break;
    const auto may_go_on = [this] { return HasInput() || outbound_.CanPump(); };
    if (delivered == Delivered::kPieces ||
        SpinUntil(peer_place(), loop_.spin_budget(), may_go_on)) {
      continue;
    }
    if (loop_.Now() >= deadline) break;
    SayAsleep();
    if (!may_go_on()) bell_.Wait(deadline, stop_token);
    SayAwake();
    OnBell();
  }
  loop_.RecheckPollers();  // where it is at rest, it does not know that this woke up
  return has_arrived;
}

void SharedPipe::Pump() {
  if (outbound_.is_empty()) return;
  if (outbound_.Pump()) RingIfAsleep();
  if (is_closing_ && outbound_.is_empty()) {
    is_closing_ = false;
    SayEnd(RegionEnd::kClosed);
  }
}

void SharedPipe::Linger() {
  const MonotonicTime deadline = loop_.Now() + kLinger;
  Pump();
  while (is_closing_ && !is_peer_gone_ && !outbound_.is_broken() && loop_.Now() < deadline) {
    SayAsleep();
    if (!outbound_.CanPump()) bell_.Wait(deadline, {});
    OnBell();
    Pump();
  }
}

void SharedPipe::SayEnd(RegionEnd end) {
  own_.header().ending.end.store(static_cast<uint32_t>(end), std::memory_order_seq_cst);
  RingIfAsleep();
}

void SharedPipe::SayFarewell(const absl::Status& reason) {
  RegionHeader::Farewell& farewell = own_.header().farewell;
  const absl::string_view text = reason.message();
  farewell.code = static_cast<uint32_t>(reason.code());
  farewell.size = static_cast<uint32_t>(std::min(text.size(), RegionHeader::Farewell::kMaxText));
  std::memcpy(farewell.text, text.data(), farewell.size);
  SayEnd(RegionEnd::kAborted);
}

absl::Status SharedPipe::ReadFarewell() const {
  RegionHeader::Farewell farewell;
  std::memcpy(&farewell, &peer_.header().farewell, sizeof farewell);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  const std::string_view text(farewell.text, std::min<size_t>(farewell.size, sizeof farewell.text));
  if (farewell.code == 0 || farewell.code > kLastStatus || !IsUtf8(text)) {
    return absl::InvalidArgumentError("shared memory: a farewell that says nothing");
  }
  return absl::Status(static_cast<absl::StatusCode>(farewell.code), ToAbsl(text));
}

void SharedPipe::RingIfAsleep() {
  Ring(peer_.header().waiting.asleep.load(std::memory_order_seq_cst));
}

void SharedPipe::RingIfAsleepForRoom() {
  const uint32_t asleep = peer_.header().waiting.asleep.load(std::memory_order_seq_cst);
  if ((asleep & kSleepMask) == static_cast<uint32_t>(Sleep::kForBytesOrRoom)) Ring(asleep);
}

void SharedPipe::Ring(uint32_t asleep) {
  const bool is_awake = (asleep & kSleepMask) == static_cast<uint32_t>(Sleep::kAwake);
  if (is_awake || asleep == rung_for_) return;
  rung_for_ = asleep;
  bell_.Ring();
}

void SharedPipe::SayAsleep() {
  const Sleep how = outbound_.is_empty() ? Sleep::kForBytes : Sleep::kForBytesOrRoom;
  asleep_ = ((asleep_ & ~kSleepMask) + kSleepStep) | static_cast<uint32_t>(how);
  expects_ = false;
  own_.header().waiting.asleep.store(asleep_, std::memory_order_seq_cst);
}

void SharedPipe::SayAwake() {
  if ((asleep_ & kSleepMask) == static_cast<uint32_t>(Sleep::kAwake)) return;
  asleep_ &= ~kSleepMask;
  own_.header().waiting.asleep.store(asleep_, std::memory_order_relaxed);
}

PeerPlace SharedPipe::peer_place() const {
  if (!expects_) return PeerPlace::kQuiet;
  const uint32_t theirs = peer_.header().waiting.processor.load(std::memory_order_relaxed);
  return theirs == OwnProcessor() ? PeerPlace::kOnThisProcessor : PeerPlace::kElsewhere;
}

}  // namespace ipc::internal
