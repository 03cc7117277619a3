// A Connection on a Pipe that the test plays, with a Delegate that keeps what it hears and a clock
// that the test moves.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/base/event_loop.h"
#include "runtime/core/connection.h"
#include "tests/unit/core/recording_pipe.h"

namespace ipc {

class ConnectionTest : public testing::Test, public Connection::Delegate {
 public:
  ConnectionTest() { Reset(); }

 protected:
  // A new Connection, attached to a new wire.
  void Reset();
  // The same, not attached yet.
  void ResetUnattached();
  void Attach();

  Connection& connection() { return *connection_; }
  void Destroy() { connection_.reset(); }
  Wire& wire() { return *wire_; }
  // Applies from the next Reset().
  Connection::Options& options() { return options_; }

  MonotonicTime Now() const { return now_; }
  MonotonicTime In(int ms) const { return now_ + milliseconds(ms); }
  // Passes time, and ticks as the Connection has asked for it.
  void Pass(int ms);
  // Runs what was posted.
  void RunTasks();

  // Starts a call whose end is kept in `ends`, as "NAME: STATUS".
  absl::StatusOr<CallId> Invoke(const std::string& name, const Patience& patience = kForever);
  absl::Status InvokeSync(const std::string& name, const Patience& patience = kForever);

  // What the delegate heard, in order: "send CH", "invoke CH", "sync CH", "pong #ID", "closed
  // STATUS".
  std::vector<std::string> heard;
  FrameId heard_in;  // of the last message
  // How calls ended, in order.
  std::vector<std::string> ends;
  // Of the calls that came in, by channel. A test that drops one answers it.
  std::map<std::string, Responder> responders;
  // Runs inside the upcall for a channel, last.
  std::map<std::string, std::function<void()>> during;
  std::optional<MonotonicTime> next_tick;

 private:
  void OnSend(const IncomingMessage& message) override;
  void OnInvoke(const IncomingMessage& message, Responder responder) override;
  void OnSync(const IncomingMessage& message, Responder responder) override;
  void OnPong(CallId id) override;
  void OnNextTick(MonotonicTime when) override { next_tick = when; }
  void OnClosed(const absl::Status& reason) override;
  void Hear(const char* what, const IncomingMessage& message);
  ReplyCallback Keep(const std::string& name);

  std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  MonotonicTime now_{std::chrono::hours(1)};
  Connection::Options options_;
  std::shared_ptr<Wire> wire_;
  std::unique_ptr<Connection> connection_;
};

// "OK" or "CODE: MESSAGE".
std::string ShortText(const absl::Status& status);

}  // namespace ipc
