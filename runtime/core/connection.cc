#include "runtime/core/connection.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/core/endings.h"
#include "runtime/core/status_text.h"

namespace ipc {
namespace {

// Longer waits are no deadline at all; it also keeps the arithmetic far from overflow.
constexpr uint64_t kLongestWaitMs = uint64_t{1000} * 60 * 60 * 24 * 365;

// Of an error's text; enough for a person, and far below what a header may have.
constexpr size_t kMaxStatusText = 16 << 10;

// What always has room.
constexpr size_t kShortStatusText = OutboundQuota::kSignalBytes / 2;

// A frame that is kept costs a little more than its bytes, so that empty ones cost something too.
constexpr size_t kKeptOverhead = 256;

size_t CostOf(const FrameView& frame) {
  return kKeptOverhead + frame.header.channel.size() + frame.header.status_message.size() +
         frame.payload.size();
}

int64_t MillisecondsUntil(MonotonicTime when, MonotonicTime now) {
  return std::chrono::ceil<milliseconds>(when - now).count();
}

MonotonicTime DeadlineOf(const FrameHeader& header, const std::function<MonotonicTime()>& now) {
  if (header.remaining_ms == 0 || header.remaining_ms > kLongestWaitMs) return kForever;
  return now() + milliseconds(header.remaining_ms);
}

PayloadView PayloadOf(const FrameView& frame) {
  return {frame.header.payload_kind, frame.payload, frame.header.blob_sizes};
}

FrameHeader MakeHeader(FrameKind kind, const Address& address, const PayloadWriter& payload) {
  FrameHeader header;
  header.kind = kind;
  header.channel = address.channel;
  header.frame_id = address.frame_id;
  header.sender_id = address.sender_id;
  header.target_id = address.target_id;
  header.payload_kind = payload.kind();
  const absl::Span<const uint32_t> blob_sizes = payload.blob_sizes();
  if (!blob_sizes.empty()) header.blob_sizes.assign(blob_sizes.begin(), blob_sizes.end());
  return header;
}

}  // namespace

Connection::Connection(Delegate* delegate, Options options)
    : delegate_(delegate),
      options_(std::move(options)),
      home_(std::make_shared<CallHome>(this, options_.runner)),
      outbox_(options_.limits) {}

Connection::~Connection() {
  home_->Clear();
  StopHandlers();
}

void Connection::Attach(std::unique_ptr<Pipe> pipe) { outbox_.Open(std::move(pipe), this); }

absl::Status Connection::SendTo(const Address& address, const PayloadWriter& payload) {
  return SendMessage(FrameKind::kSendTo, address, payload);
}

absl::Status Connection::SendToHost(const Address& address, const PayloadWriter& payload) {
  return SendMessage(FrameKind::kSendToHost, address, payload);
}

absl::Status Connection::SendMessage(FrameKind kind, const Address& address,
                                     const PayloadWriter& payload) {
  FrameHeader header = MakeHeader(kind, address, payload);
  return SendNamed(header, payload);
}

absl::Status Connection::SendNamed(FrameHeader& header, const PayloadWriter& payload) {
  // A renderer that never says an id itself need not know them.
  const bool knows_ids = !options_.is_main || !heard_channels_->is_empty();
  if (knows_ids) sent_channels_.Name(header);
  absl::Status sent = outbox_.Send(header, payload);
  if (sent.ok()) sent_channels_.NoteSent(header);
  return sent;
}

Address Connection::AddressOf(const FrameHeader& header) const {
  // A client that knows nothing of frames leaves the field out: it is the main frame.
  FrameId frame_id = header.frame_id == FrameId() ? kMainFrame : header.frame_id;
  return {heard_channels_->ChannelOf(header), frame_id, header.sender_id, header.target_id};
}

absl::Status Connection::AddFrame(FrameId id, FrameId parent) {
  FrameHeader header;
  header.kind = FrameKind::kFrameAdded;
  header.frame_id = id;
  header.parent_frame_id = parent;
  return outbox_.Send(header, EmptyPayload());
}

void Connection::RemoveFrame(FrameId id) {
  std::shared_ptr<CallHome> home = home_;
  EndCallsOf(id);
  if (home->connection() == nullptr) return;
  FrameHeader header;
  header.kind = FrameKind::kFrameRemoved;
  header.frame_id = id;
  outbox_.Send(header, EmptyPayload()).IgnoreError();
}

void Connection::EndCallsOf(FrameId id) {
  std::shared_ptr<CallHome> home = home_;
  for (CallId call_id : outgoing_.ids()) {
    if (home->connection() == nullptr) return;
    const OutgoingCall* call = outgoing_.Find(call_id);
    if (call != nullptr && call->frame_id == id) GiveUp(call_id, FrameIsGone());
  }
}

std::optional<std::string_view> Connection::open_sync() const {
  const std::shared_ptr<IncomingCall>* call = incoming_.Find(last_sync_);
  if (call == nullptr || !(*call)->is_awaited) return std::nullopt;
  return *(*call)->channel;
}

absl::Status Connection::Send(const Address& address, const PayloadWriter& payload,
                              absl::Span<const PortId> ports) {
  FrameHeader header = MakeHeader(FrameKind::kSend, address, payload);
  header.port_ids.assign(ports.begin(), ports.end());
  return SendNamed(header, payload);
}

absl::Status Connection::SendPortFrame(const FrameHeader& header, const PayloadWriter& payload) {
  return outbox_.Send(header, payload);
}

absl::StatusOr<CallId> Connection::Invoke(const Address& address, const PayloadWriter& payload,
                                          const Patience& patience, ReplyCallback done) {
  return StartCall(FrameKind::kInvoke, address, payload, patience, std::move(done));
}

absl::StatusOr<CallId> Connection::StartCall(FrameKind kind, const Address& address,
                                             const PayloadWriter& payload, const Patience& patience,
                                             ReplyCallback done) {
  if (end_) return *end_;
  if (patience.stop_token.stop_requested()) return Cancelled();
  if (outgoing_.size() >= options_.limits.calls_in_flight) {
    return TooManyCalls(options_.limits.calls_in_flight);
  }
  FrameHeader header = MakeHeader(kind, address, payload);
  header.call_id = CallId(last_call_id_.value() + 1);
  const MonotonicTime deadline = patience.deadline;
  int64_t timeout_ms = 0;
  if (deadline != kForever) {
    timeout_ms = MillisecondsUntil(deadline, options_.now());
    if (timeout_ms <= 0) return NoAnswerWithin(0);
    header.remaining_ms = static_cast<uint64_t>(timeout_ms);
  }
  if (absl::Status sent = SendNamed(header, payload); !sent.ok()) return sent;

  last_call_id_ = header.call_id;
  outgoing_.Add(header.call_id,
                {.done = std::move(done),
                 .channel = sent_channels_.NameOf(header),
                 .frame_id = address.frame_id,
                 .deadline = deadline,
                 .timeout_ms = timeout_ms,
                 .on_stop = CallHome::WhenStopped(home_, header.call_id, patience)});
  AddDeadline({deadline, Direction::kOutgoing, header.call_id});
  return header.call_id;
}

absl::Status Connection::InvokeSync(const Blocking&, const Address& address,
                                    const PayloadWriter& payload, const Patience& patience,
                                    ReplyCallback done) {
  if (kept_end_) return PeerIsGone(*kept_end_);
  absl::StatusOr<CallId> id =
      StartCall(FrameKind::kSync, address, payload, patience, std::move(done));
  if (!id.ok()) return id.status();

  awaited_ = *id;
  const std::shared_ptr<CallHome> home = home_;
  const size_t most = options_.limits.sync_backlog_bytes;
  while (outgoing_.Find(*id) && !kept_end_ && kept_bytes_ <= most) {
    const bool in_time = outbox_.pipe()->WaitForFrames(patience.deadline, patience.stop_token);
    if (home->connection() == nullptr) return absl::OkStatus();  // `done` has destroyed this
    if (!in_time) break;
  }
  awaited_.reset();
  if (!kept_.empty() || kept_end_) {
    options_.runner->Post([home = home_] {
      if (Connection* self = home->connection()) self->DispatchKept();
    });
  }

  // Nothing else may run here: the others hear of the end from the loop.
  if (kept_end_) {
    if (auto call = TakeOutgoing(*id)) call->End(AsDetail(PeerIsGone(*kept_end_)));
  } else if (kept_bytes_ > most) {
    GiveUp(*id, TooMuchMeanwhile(most));
  } else if (patience.stop_token.stop_requested()) {
    GiveUp(*id, Cancelled());
  } else {
    ExpireOutgoing(*id);
  }
  return absl::OkStatus();
}

void Connection::Cancel(CallId id) {
  if (ending_) ending_->erase(id);
  if (TakeOutgoing(id)) SendSignal(FrameKind::kCancel, id);
}

void Connection::Ping(CallId id) { SendSignal(FrameKind::kPing, id); }

void Connection::Tick(MonotonicTime now) {
  std::shared_ptr<CallHome> home = home_;
  announced_tick_ = kForever;
  while (!deadlines_.empty() && deadlines_.begin()->when <= now) {
    Deadline due = *deadlines_.begin();
    if (due.direction == Direction::kOutgoing) {
      ExpireOutgoing(due.id);
    } else {
      ExpireIncoming(due.id);
    }
    if (home->connection() == nullptr) return;
  }
  AnnounceTick();
}

void Connection::ExpireOutgoing(CallId id) {
  const OutgoingCall* call = outgoing_.Find(id);
  if (call != nullptr) GiveUp(id, NoAnswerWithin(call->timeout_ms));
}

void Connection::GiveUp(CallId id, const absl::Status& error) {
  std::optional<OutgoingCall> call = TakeOutgoing(id);
  if (!call) return;
  SendSignal(FrameKind::kCancel, id);
  call->End(AsDetail(error));
}

void Connection::ExpireIncoming(CallId id) {
  const std::shared_ptr<IncomingCall> call = *incoming_.Find(id);
  RemoveDeadline({call->deadline, Direction::kIncoming, id});
  // A caller that set the deadline itself has ended the call already.
  if (call->timeout_ms != 0) {
    SendReply(id, AsDetail(NoAnswerWithin(call->timeout_ms)), EmptyPayload());
  }
  StopWaiting(call);
}

void Connection::Close(const absl::Status& reason) {
  if (end_) return;
  if (reason.ok()) {
    outbox_.Close();
  } else {
    outbox_.Cut(reason);  // nobody waits for a peer that is gone, or that breaks the rules
  }
  End(reason);
}

void Connection::Leave() {
  has_left_ = true;
  if (!end_) outbox_.Close();
  EndCalls(end_.value_or(HasLeft()));
}

// Calls and messages do not wait here: who was refused has been told.
void Connection::OnWritable() {
  if (options_.ports != nullptr) options_.ports->OnWritable();
}

void Connection::OnFrame(const FrameView& frame) {
  bool is_awaited_reply =
      awaited_ && frame.header.kind == FrameKind::kReply && frame.header.call_id == *awaited_;
  if (is_awaited_reply) return DispatchReply(frame);
  // Its place among the messages does not matter, but that this sequence reads does.
  if (frame.header.kind == FrameKind::kPing) {
    return SendSignal(FrameKind::kPong, frame.header.call_id);
  }
  if (awaited_ || !kept_.empty()) {
    kept_.emplace_back(frame);
    kept_bytes_ += CostOf(frame);
  } else {
    Dispatch(frame);
  }
}

void Connection::OnClosed(const absl::Status& reason) {
  if (awaited_ || !kept_.empty()) {
    kept_end_ = reason;
  } else {
    outbox_.Cut(reason);
    End(reason);
  }
}

void Connection::DispatchKept() {
  std::shared_ptr<CallHome> home = home_;
  while (!kept_.empty()) {
    OwnedFrame frame = std::move(kept_.front());
    kept_.pop_front();
    kept_bytes_ -= CostOf(frame.view());
    Dispatch(frame.view());
    if (home->connection() == nullptr || end_) return;
  }
  if (!kept_end_) return;
  const absl::Status reason = *std::exchange(kept_end_, std::nullopt);
  outbox_.Cut(reason);
  End(reason);
}

void Connection::Dispatch(const FrameView& frame) {
  const auto heard_channels = heard_channels_;  // an upcall may destroy this, and reads its name
  if (absl::Status known = heard_channels->Note(frame.header); !known.ok()) {
    return BreakProtocol(ToStd(known.message()));
  }
  switch (frame.header.kind) {
    case FrameKind::kSend:
      return delegate_->OnSend({AddressOf(frame.header), PayloadOf(frame), frame.header.port_ids});
    case FrameKind::kInvoke:
      return DispatchCall(frame);
    case FrameKind::kSync:
    case FrameKind::kFrameAdded:
    case FrameKind::kFrameRemoved:
    case FrameKind::kSendTo:
      return DispatchFromRenderer(frame);
    case FrameKind::kSendToHost:
      return delegate_->OnSendToHost({AddressOf(frame.header), PayloadOf(frame)});
    case FrameKind::kReply:
      return DispatchReply(frame);
    case FrameKind::kCancel:
      return DispatchCancel(frame.header.call_id);
    case FrameKind::kPing:
      return;  // answered when it was read
    case FrameKind::kPong:
      return delegate_->OnPong(frame.header.call_id);
    case FrameKind::kPort:
    case FrameKind::kPortOpen:
    case FrameKind::kPortStart:
    case FrameKind::kPortClose:
    case FrameKind::kCredit:
      return DispatchPortFrame(frame);
    case FrameKind::kBind:
      return BreakProtocol("a frame of a kind that this version does not speak");
  }
}

void Connection::DispatchFromRenderer(const FrameView& frame) {
  if (!options_.is_main) {
    return BreakProtocol(frame.header.kind == FrameKind::kSync
                             ? "a synchronous call towards a renderer"
                             : "what only a renderer may say");
  }
  switch (frame.header.kind) {
    case FrameKind::kFrameAdded:
      return delegate_->OnFrameAdded(frame.header.frame_id, frame.header.parent_frame_id);
    case FrameKind::kFrameRemoved:
      return delegate_->OnFrameRemoved(frame.header.frame_id);
    case FrameKind::kSendTo:
      return delegate_->OnSendTo({AddressOf(frame.header), PayloadOf(frame)});
    default:
      return DispatchCall(frame);
  }
}

void Connection::DispatchPortFrame(const FrameView& frame) {
  if (options_.ports == nullptr) return BreakProtocol("a frame of ports where there are none");
  std::shared_ptr<CallHome> home = home_;
  const absl::Status taken = options_.ports->OnPortFrame(frame);
  if (!taken.ok() && home->connection() != nullptr) BreakProtocol(ToStd(taken.message()));
}

void Connection::DispatchCall(const FrameView& frame) {
  CallId id = frame.header.call_id;
  if (incoming_.Find(id)) return BreakProtocol(absl::StrCat("call ", id.value(), " twice"));
  if (incoming_.size() >= options_.limits.calls_in_flight) {
    return SendReply(id, AsDetail(TooManyCalls(incoming_.size())), EmptyPayload());
  }
  MonotonicTime deadline = DeadlineOf(frame.header, options_.now);
  int64_t timeout_ms = 0;
  if (deadline == kForever && options_.answer_timeout) {
    deadline = After(options_.now(), *options_.answer_timeout);
    timeout_ms = options_.answer_timeout->count();
  }
  auto call =
      MakeRecycled<IncomingCall>(heard_channels_->NameOf(frame.header), deadline, timeout_ms);
  incoming_.Add(id, std::shared_ptr(call));
  AddDeadline({deadline, Direction::kIncoming, id});
  Responder responder(home_, id, std::move(call));
  if (incoming_.size() == options_.limits.calls_in_flight) NoteQuota();
  IncomingMessage message{AddressOf(frame.header), PayloadOf(frame)};
  if (frame.header.kind == FrameKind::kInvoke) {
    delegate_->OnInvoke(message, std::move(responder));
  } else {
    last_sync_ = id;
    delegate_->OnSync(message, std::move(responder));
  }
}

void Connection::NoteQuota() {
  if (std::exchange(has_told_of_quota_, true)) return;
  // Callers count their calls upwards.
  const CallId oldest = incoming_.ids().front();
  delegate_->OnQuotaReached(*(*incoming_.Find(oldest))->channel);
}

void Connection::DispatchReply(const FrameView& frame) {
  CallId id = frame.header.call_id;
  if (id > last_call_id_) return BreakProtocol(absl::StrCat("a reply to no call, ", id.value()));
  // One that is not in the table any more was given up; its reply crossed our cancel.
  std::optional<OutgoingCall> call = TakeOutgoing(id);
  if (!call) return;
  absl::Status status(static_cast<absl::StatusCode>(frame.header.status),
                      ToAbsl(frame.header.status_message));
  call->End(std::move(status), PayloadOf(frame).Yielded());
}

void Connection::DispatchCancel(CallId id) {
  const std::shared_ptr<IncomingCall>* call = incoming_.Find(id);
  if (call == nullptr) return;
  RemoveDeadline({(*call)->deadline, Direction::kIncoming, id});
  StopWaiting(*call);
}

void Connection::BreakProtocol(std::string_view what) {
  Close(absl::InvalidArgumentError(absl::StrCat("protocol error: ", ToAbsl(what))));
}

std::optional<Connection::OutgoingCall> Connection::TakeOutgoing(CallId id) {
  std::optional<OutgoingCall> call = outgoing_.Take(id);
  if (call) RemoveDeadline({call->deadline, Direction::kOutgoing, id});
  return call;
}

void Connection::Answer(CallId id, const absl::Status& status, const PayloadWriter& payload) {
  const std::optional<std::shared_ptr<IncomingCall>> call = incoming_.Take(id);
  if (!call) return;
  RemoveDeadline({(*call)->deadline, Direction::kIncoming, id});
  if ((*call)->is_awaited) SendReply(id, status, payload);
}

void Connection::SendReply(CallId id, const absl::Status& status, const PayloadWriter& payload) {
  FrameHeader header = MakeHeader(FrameKind::kReply, {.channel = {}, .frame_id = {}}, payload);
  header.call_id = id;
  header.status = static_cast<uint32_t>(status.code());
  std::string text;
  if (!status.ok()) {
    text = ToStatusText(ToStd(status.message()),
                        std::min(kMaxStatusText, options_.limits.header_bytes / 2));
    header.status_message = text;
  }
  absl::Status sent = outbox_.Send(header, payload);
  if (sent.ok() || absl::IsUnavailable(sent)) return;

  // What finds no room costs itself, not the end of the call: first the payload, then the text.
  if (status.ok()) return SendReply(id, AsDetail(sent), EmptyPayload());
  if (header.payload_kind != PayloadKind::kNone) return SendReply(id, status, EmptyPayload());
  if (text.size() <= kShortStatusText) return;
  SendReply(id, absl::Status(status.code(), ToStatusText(text, kShortStatusText)), EmptyPayload());
}

void Connection::SendSignal(FrameKind kind, CallId id) {
  FrameHeader header;
  header.kind = kind;
  header.call_id = id;
  outbox_.Send(header, EmptyPayload()).IgnoreError();
}

void Connection::StopWaiting(std::shared_ptr<IncomingCall> call) {
  call->is_awaited = false;
  call->Stop();
}

void Connection::End(const absl::Status& reason) {
  std::shared_ptr<CallHome> home = home_;
  EndCalls(PeerIsGone(reason));
  if (home->connection() && !has_left_) delegate_->OnClosed(reason);
}

void Connection::EndCalls(const absl::Status& error) {
  end_ = error;
  const absl::Status detail = AsDetail(error);
  deadlines_.clear();
  kept_.clear();
  kept_bytes_ = 0;
  kept_end_.reset();
  for (CallId id : incoming_.ids()) (*incoming_.Find(id))->is_awaited = false;
  // One callback may cancel the calls behind it, leave, and destroy this.
  if (!ending_) ending_ = std::make_shared<std::map<CallId, OutgoingCall>>();
  for (CallId id : outgoing_.ids()) ending_->emplace(id, *outgoing_.Take(id));
  const auto calls = ending_;
  StopHandlers();
  while (!calls->empty()) {
    OutgoingCall call = std::move(calls->extract(calls->begin()).mapped());
    call.End(detail);
  }
}

void Connection::StopHandlers() {
  // In the order they were made, so that a run can be repeated.
  std::vector<std::shared_ptr<IncomingCall>> handlers;
  for (CallId id : incoming_.ids()) handlers.push_back(*incoming_.Find(id));
  for (const std::shared_ptr<IncomingCall>& handler : handlers) handler->Stop();
}

void Connection::AddDeadline(const Deadline& deadline) {
  if (deadline.when == kForever) return;
  deadlines_.insert(deadline);
  AnnounceTick();
}

void Connection::RemoveDeadline(const Deadline& deadline) {
  if (deadline.when != kForever) deadlines_.erase(deadline);
}

void Connection::AnnounceTick() {
  // A tick that comes for a call already ended is cheaper than a timer moved at every reply.
  if (deadlines_.empty() || deadlines_.begin()->when >= announced_tick_) return;
  announced_tick_ = deadlines_.begin()->when;
  delegate_->OnNextTick(announced_tick_);
}

}  // namespace ipc
