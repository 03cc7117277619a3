// One end of a conversation: calls and their answers, order, deadlines, quotas. Sans-I/O.
//
// In come frames (from a Pipe), ticks and the user's calls; out go frames (to the Pipe) and upcalls
// (to the Delegate). Both processes run the same class. It knows channels as names only: who
// listens on them is the business of the floors above.
//
// Ownership   Owns its Pipe once attached; never its Delegate. A Delegate may destroy the
//             Connection from inside any upcall.
// Threads     One sequence, the TaskRunner's. Responders come back from any thread by themselves.
// Errors      A frame that breaks the protocol ends the connection. Every call ends: by its reply,
//             its deadline, its stop token, Cancel(), or the end of the connection (UNAVAILABLE).
//             The message of a Reply's status is a DETAIL; see endings.h.
// Limits      calls_in_flight each way; the rest is the Pipe's. A call that its caller gave up
//             counts here until its handler lets go of the Responder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "absl/container/btree_set.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/async/blocking.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/recycler.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/call_home.h"
#include "runtime/core/call_table.h"
#include "runtime/core/channel_ids.h"
#include "runtime/core/incoming_call.h"
#include "runtime/core/outbox.h"
#include "runtime/core/patience.h"
#include "runtime/core/port_frames.h"
#include "runtime/core/responder.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc {

// Where a message goes, and on whose behalf.
struct Address {
  std::string_view channel;
  FrameId frame_id = kMainFrame;
  WebContentsId sender_id = {};  // main is 0
  WebContentsId target_id = {};  // of a sendTo
};

// A message as it arrives. Good until the upcall returns.
struct IncomingMessage {
  Address address;
  PayloadView payload;
  absl::Span<const PortId> port_ids = {};  // that come with it
};

// How a call ended. `payload` is the answer, or the details of the error; good until the callback
// returns.
struct Reply {
  absl::Status status;
  PayloadView payload;
  std::string_view channel = {};  // that was called
};
using ReplyCallback = absl::AnyInvocable<void(const Reply&)>;

class Connection final : public Pipe::Delegate {
 public:
  class Delegate {
   public:
    virtual void OnSend(const IncomingMessage& message) = 0;
    virtual void OnInvoke(const IncomingMessage& message, Responder responder) = 0;
    virtual void OnSync(const IncomingMessage& message, Responder responder) = 0;
    // As many calls of the peer wait here as may, for the first time; `oldest` is the channel of
    // the one that waits longest. For logs: nothing may be destroyed here.
    virtual void OnQuotaReached(std::string_view /*oldest*/) {}
    // The peer says that it has seen Ping(id); who never asked may hear it too.
    virtual void OnPong(CallId) {}
    // What main alone hears of a renderer: its frames, and messages that are to be passed on. Main
    // checks the ids.
    virtual void OnFrameAdded(FrameId, FrameId /*parent*/) {}
    virtual void OnFrameRemoved(FrameId) {}
    virtual void OnSendTo(const IncomingMessage&) {}
    // Main hears it of a guest, the embedder's renderer of main.
    virtual void OnSendToHost(const IncomingMessage&) {}
    // Call Tick() at `when`, and at no time said before.
    virtual void OnNextTick(MonotonicTime when) = 0;
    // The end, once; all calls have ended before. OK when the peer closed in order.
    virtual void OnClosed(const absl::Status& reason) = 0;

   protected:
    ~Delegate() = default;
  };

  struct Options {
    Limits limits;
    std::shared_ptr<TaskRunner> runner;
    std::function<MonotonicTime()> now;
    bool is_main = false;               // what only renderers may say breaks the protocol elsewhere
    PortFrameHandler* ports = nullptr;  // null: frames of ports break the protocol
    std::optional<milliseconds> answer_timeout = {};  // for callers that say no deadline themselves
  };

  Connection(Delegate* delegate, Options options);
  ~Connection();

  // Starts to speak over `pipe`. What was sent before, within the outbound limits, goes first.
  void Attach(std::unique_ptr<Pipe> pipe);

  // Errors: OUT_OF_RANGE and RESOURCE_EXHAUSTED for limits, UNAVAILABLE after the end.
  absl::Status Send(const Address& address, const PayloadWriter& payload,
                    absl::Span<const PortId> ports = {});
  // To address.target_id, by way of main.
  absl::Status SendTo(const Address& address, const PayloadWriter& payload);
  absl::Status SendToHost(const Address& address, const PayloadWriter& payload);

  // Tells main of a frame. Removing it ends the calls that it began.
  absl::Status AddFrame(FrameId id, FrameId parent);
  void RemoveFrame(FrameId id);
  // Ends the calls from, or to, a frame that is gone: UNAVAILABLE.
  void EndCallsOf(FrameId id);
  // A frame of PORT, CREDIT and the like; see port_frames.h.
  absl::Status SendPortFrame(const FrameHeader& header, const PayloadWriter& payload);

  // Calls a handler of the peer. `done` runs once, later; never when this fails or is cancelled.
  absl::StatusOr<CallId> Invoke(const Address& address, const PayloadWriter& payload,
                                const Patience& patience, ReplyCallback done);

  // Forgets a call: `done` is dropped, the peer's handler is told. Unknown ids are ignored.
  void Cancel(CallId id);

  // Cancels that call whenever it is called, also when this Connection is gone by then.
  CallHome::Cancel CancelOf(CallId id) const { return {home_, id}; }

  // Calls the listeners of the peer and blocks until the answer, which `done` receives before this
  // returns. What arrives meanwhile is kept, and dispatched by the loop in the order it came; too
  // much of it ends the call with RESOURCE_EXHAUSTED.
  absl::Status InvokeSync(const Blocking&, const Address& address, const PayloadWriter& payload,
                          const Patience& patience, ReplyCallback done);

  // Asks whether the peer's sequence still reads: OnPong(id) follows when it does. A peer that
  // waits in InvokeSync() answers too: it is waiting for us.
  void Ping(CallId id);

  // Ends the calls whose deadline is not after `now`.
  void Tick(MonotonicTime now);

  // Ends everything as if the peer had gone for `reason`. OK is a goodbye: what was sent still
  // travels; for any other reason nothing does. The Delegate hears OnClosed() before this returns.
  void Close(const absl::Status& reason);

  // Says goodbye and ends all calls, here and now; no upcall follows, not even the OnClosed() of an
  // end that is under way. For who has done with this, and will destroy it.
  void Leave();

  // The channel of the last sendSync, while its caller still waits.
  std::optional<std::string_view> open_sync() const;
  // Ends an outgoing call with `error`; the peer's handler is told. Unknown ids are ignored.
  void GiveUp(CallId id, const absl::Status& error);

  size_t calls_in_flight() const { return outgoing_.size(); }
  size_t handlers_in_flight() const { return incoming_.size(); }

 private:
  friend class CallHome;

  enum class Direction : uint8_t { kOutgoing, kIncoming };
  struct Deadline {
    MonotonicTime when;
    Direction direction;
    CallId id;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
  };
  struct OutgoingCall {
    void End(absl::Status status, const PayloadView& payload = {}) {
      done(Reply{std::move(status), payload, *channel});
    }

    ReplyCallback done;
    ChannelName channel;
    FrameId frame_id;
    MonotonicTime deadline = kForever;
    int64_t timeout_ms = 0;
    std::unique_ptr<CallHome::StopCallback> on_stop;  // null where nobody can tell it to stop
  };

  // Pipe::Delegate.
  void OnFrame(const FrameView& frame) override;
  void OnWritable() override;
  void OnClosed(const absl::Status& reason) override;

  absl::Status SendMessage(FrameKind kind, const Address& address, const PayloadWriter& payload);
  // A frame that names a channel: by its id where that is possible.
  absl::Status SendNamed(FrameHeader& header, const PayloadWriter& payload);
  Address AddressOf(const FrameHeader& header) const;
  void Dispatch(const FrameView& frame);
  void DispatchFromRenderer(const FrameView& frame);
  void DispatchPortFrame(const FrameView& frame);
  void DispatchCall(const FrameView& frame);
  void DispatchReply(const FrameView& frame);
  void NoteQuota();
  void DispatchCancel(CallId id);
  void DispatchKept();
  void SendSignal(FrameKind kind, CallId id);
  void BreakProtocol(std::string_view what);

  absl::StatusOr<CallId> StartCall(FrameKind kind, const Address& address,
                                   const PayloadWriter& payload, const Patience& patience,
                                   ReplyCallback done);
  // Removes the call; its callback is the caller's to run.
  std::optional<OutgoingCall> TakeOutgoing(CallId id);
  void ExpireOutgoing(CallId id);
  void ExpireIncoming(CallId id);
  void Answer(CallId id, const absl::Status& status, const PayloadWriter& payload);
  void SendReply(CallId id, const absl::Status& status, const PayloadWriter& payload);
  // The handler may do anything, also destroy this Connection.
  void StopWaiting(std::shared_ptr<IncomingCall> call);
  void End(const absl::Status& reason);
  void EndCalls(const absl::Status& error);
  void StopHandlers();
  void AddDeadline(const Deadline& deadline);
  void RemoveDeadline(const Deadline& deadline);
  void AnnounceTick();

  Delegate* delegate_;
  const Options options_;
  std::shared_ptr<CallHome> home_;  // outlives this: how an upcall's return finds out
  Outbox outbox_;
  std::optional<absl::Status> end_;  // what calls fail with since it ended
  bool has_left_ = false;            // by Leave(): the Delegate hears nothing more
  SentChannels sent_channels_;
  const std::shared_ptr<HeardChannels> heard_channels_ = std::make_shared<HeardChannels>();

  CallId last_call_id_;
  CallTable<OutgoingCall> outgoing_;
  std::shared_ptr<std::map<CallId, OutgoingCall>> ending_;  // what EndCalls() has still to end
  CallTable<std::shared_ptr<IncomingCall>> incoming_;
  bool has_told_of_quota_ = false;
  CallId last_sync_;  // incoming
  absl::btree_set<Deadline, std::less<>, RecyclingAllocator<Deadline>> deadlines_;
  MonotonicTime announced_tick_ = kForever;

  // Set while InvokeSync() blocks: the one reply that may be dispatched.
  std::optional<CallId> awaited_;
  std::deque<OwnedFrame> kept_;  // what came meanwhile, until the loop dispatches it
  size_t kept_bytes_ = 0;
  std::optional<absl::Status> kept_end_;  // of the pipe, until the loop tells of it
};

}  // namespace ipc
