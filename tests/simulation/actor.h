// One process's end of a connection: the Connection, its Delegate, what its user holds, and the
// books that are kept of it all.
//
// Ownership   Owned by the world, to its end: callbacks and handlers may outlive the Connection.
// Threads     One; what it does, it does as its sequence.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "runtime/core/connection.h"
#include "tests/simulation/ledger.h"
#include "tests/simulation/link.h"
#include "tests/simulation/scene.h"
#include "tests/simulation/sequence.h"
#include "tests/simulation/user.h"

namespace ipc::simulation {

class Actor final : public Connection::Delegate, public Link::Watcher {
 public:
  // Has others live while this one blocks.
  using Wait = std::function<bool(MonotonicTime deadline, absl::FunctionRef<bool()> is_ready)>;
  struct Place {
    Link& link;
    Side side;
    std::shared_ptr<Sequence> sequence;
    Stream& out;
    Stream& in;
    Wait wait;
  };
  enum class How : uint8_t { kReply, kFail, kDrop };

  Actor(Scene& scene, Place place, std::string name);
  ~Actor();

  // --- What a user does; each may find that nothing is there to do it with.

  void Attach();
  // To the peer, through main to another renderer, or to a host: `kind` says which.
  void Send(FrameKind kind);
  void Ping();
  // Every call of one renderer frame ends.
  void LoseFrame();
  void Invoke();
  void InvokeSync();
  void CancelOne();
  // Answers one that came; elsewhere: from another thread.
  void AnswerOne(How how);
  void AnswerOneElsewhere(How how);
  void Answer(CallId call, How how);
  void Close(const absl::Status& reason);
  void Leave();
  void Destroy();
  void Tick();

  // --- What the world asks.

  // Something of its user's choice.
  void Act();
  const std::string& name() const { return name_; }
  Sequence& sequence() { return *place_.sequence; }
  Side side() const { return place_.side; }
  bool is_attached() const { return is_attached_; }
  bool is_alive() const { return connection_ != nullptr; }
  bool is_over() const { return ledger_.is_over(); }
  bool has_owed() const { return !owed_.empty(); }
  // kForever when it asks for none.
  MonotonicTime next_tick() const { return next_tick_.value_or(kForever); }
  Ledger& ledger() { return ledger_; }
  void Check();

 private:
  struct Owed {
    CallId call;
    MessageId message;
    Responder responder;
    std::unique_ptr<std::stop_callback<std::function<void()>>> on_stop;
  };

  // Connection::Delegate.
  void OnSend(const IncomingMessage& message) override;
  void OnInvoke(const IncomingMessage& message, Responder responder) override;
  void OnSync(const IncomingMessage& message, Responder responder) override;
  void OnSendTo(const IncomingMessage& message) override;
  void OnSendToHost(const IncomingMessage& message) override;
  void OnPong(CallId id) override;
  void OnNextTick(MonotonicTime when) override { next_tick_ = when; }
  void OnClosed(const absl::Status& reason) override;

  // Link::Watcher.
  void OnSent(const FrameHeader& header, const PayloadWriter& payload,
              const absl::Status& result) override;
  void OnHanding(const FrameView& frame) override;
  void OnHandingEnd(const absl::Status& reason) override;
  bool WaitUntil(MonotonicTime deadline, absl::FunctionRef<bool()> is_ready) override;

  void HearMessage(FrameKind kind, const IncomingMessage& message);
  void HearCall(FrameKind kind, const IncomingMessage& message, Responder responder);
  MessageId NewMessage(FrameKind kind);
  Address AddressOf(MessageId id);
  ReplyCallback Done(MessageId id);
  Ledger::Pipeline pipe() const;
  // What a handler says, and remembers that it did.
  simulation::Answer Decide(const Owed& owed, How how);
  static void Say(Owed& owed, const simulation::Answer& answer);
  void AnswerHere(Owed owed, How how);
  Owed TakeOwed(size_t index);
  template <typename... Words>
  void Note(const Words&... words) {
    scene_.Note(name_, " ", words...);
  }

  Scene& scene_;
  User user_;
  const Place place_;
  const std::string name_;
  Ledger ledger_;
  std::optional<MonotonicTime> next_tick_;
  bool is_attached_ = false;
  uint64_t pings_ = 0;
  const std::shared_ptr<int> callback_alive_ = std::make_shared<int>();  // each callback holds it
  std::vector<Owed> owed_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace ipc::simulation
