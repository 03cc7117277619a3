// The debt of one answer: whoever holds it owes the caller a reply.
//
// Ownership   Movable. Dropped unanswered, it answers ABORTED, "reply was never sent". It may
//             outlive its Connection: an answer then goes nowhere.
// Threads     May be answered, dropped and moved on any thread; the payload is encoded on the
//             thread that answers. The call may be asked about from any thread.
// Errors      An answer that cannot travel because it is too large becomes an error reply, so that
//             the caller still ends.
#pragma once

#include <memory>
#include <stop_token>

#include "absl/status/status.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/core/call_home.h"
#include "runtime/core/incoming_call.h"
#include "runtime/wire/payload.h"

namespace ipc {

class Responder {
 public:
  Responder(std::shared_ptr<CallHome> home, CallId id, std::shared_ptr<IncomingCall> call);
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&& other) noexcept;
  ~Responder();

  // The first of these answers; after it the Responder is spent and the next does nothing.
  void Reply(const PayloadWriter& payload);
  // `error` is not OK. Its message is what follows `Error invoking remote method 'CH': `; `details`
  // may be a JSON object that goes with it.
  void Fail(const absl::Status& error, const PayloadWriter& details = EmptyPayload());

  // When the caller stops waiting; kForever when it never does.
  MonotonicTime deadline() const { return call_->deadline; }
  // Told when the caller cancelled, its deadline passed, or its process is gone.
  std::stop_token stop_token() const { return call_->stop_token(); }
  // The call itself, which outlives this for who keeps it.
  const std::shared_ptr<IncomingCall>& call() const { return call_; }

 private:
  std::shared_ptr<CallHome> home_;  // null once spent
  CallId id_;
  std::shared_ptr<IncomingCall> call_;  // null once moved from
};

}  // namespace ipc
