// The way from another thread back to a Connection, which may be gone by then: for the Responders
// of its handlers, and for the stop tokens of its callers.
//
// Ownership   Shared by the Connection, which clears it in its destructor, and by these.
// Threads     Answer() and stop callbacks on any thread; connection() on the runner's sequence.
#pragma once

#include <memory>
#include <stop_token>
#include <utility>

#include "absl/status/status.h"
#include "runtime/base/ids.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/patience.h"
#include "runtime/wire/payload.h"

namespace ipc {

class Connection;

class CallHome {
 public:
  CallHome(Connection* connection, std::shared_ptr<TaskRunner> runner);

  Connection* connection() const { return connection_; }
  void Clear() { connection_ = nullptr; }

  // Sends the answer from the Connection's sequence: now when this is it, else by a task.
  static void Answer(std::shared_ptr<CallHome> home, CallId id, const absl::Status& status,
                     const PayloadWriter& payload);

  // Ends an outgoing call with CANCELLED when its caller's stop token is told, by a task.
  class Stop {
   public:
    Stop(std::shared_ptr<CallHome> home, CallId id) : home_(std::move(home)), id_(id) {}
    void operator()() const;

   private:
    std::shared_ptr<CallHome> home_;
    CallId id_;
  };
  using StopCallback = std::stop_callback<Stop>;
  // What Connection::CancelOf() gives.
  class Cancel {
   public:
    Cancel(std::shared_ptr<CallHome> home, CallId id) : home_(std::move(home)), id_(id) {}
    void operator()() const;

   private:
    std::shared_ptr<CallHome> home_;
    CallId id_;
  };
  // Null for a token that nobody can tell.
  static std::unique_ptr<StopCallback> WhenStopped(const std::shared_ptr<CallHome>& home, CallId id,
                                                   const Patience& patience);

 private:
  Connection* connection_;  // only on the sequence
  std::shared_ptr<TaskRunner> runner_;
};

}  // namespace ipc
