// The way from a Responder back to its Connection, which may be gone by then.
//
// Ownership   Shared by the Connection, which clears it in its destructor, and its Responders.
// Threads     Answer() on any thread; connection() on the runner's sequence.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "runtime/base/ids.h"
#include "runtime/base/task_runner.h"
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

 private:
  Connection* connection_;  // only on the sequence
  std::shared_ptr<TaskRunner> runner_;
};

}  // namespace ipc
