// One call that has come in, as the Connection and whoever owes its answer share it.
//
// Ownership   Shared. It may outlive its Connection.
// Threads     stop_token(), is_stopped() and when_stopped() on any; Stop() and is_awaited on the
//             Connection's sequence; the rest does not change.
#pragma once

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <utility>

#include "runtime/async/cancel_slot.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/core/channel_ids.h"

namespace ipc {

class IncomingCall {
 public:
  IncomingCall(ChannelName channel, MonotonicTime deadline, int64_t timeout_ms)
      : channel(std::move(channel)), deadline(deadline), timeout_ms(timeout_ms) {}
  IncomingCall(const IncomingCall&) = delete;
  IncomingCall& operator=(const IncomingCall&) = delete;
  ~IncomingCall();

  const ChannelName channel;
  const MonotonicTime deadline;  // kForever: the caller waits without limit
  const int64_t timeout_ms;      // of our own, where that is the deadline; else 0
  bool is_awaited = true;        // false: the caller has ended, its handler has not

  // Told when nobody waits for the answer any more. A stop source is made for who asks first: most
  // handlers answer before anybody could stop them.
  std::stop_token stop_token() const;
  bool is_stopped() const { return when_stopped_.is_told(); }
  // The same for the runtime itself; one at a time.
  CancelSlot& when_stopped() { return when_stopped_; }

  // Whoever is told may do anything, also destroy the Connection; hold this meanwhile.
  void Stop();

 private:
  CancelSlot when_stopped_;
  mutable std::atomic<std::stop_source*> stop_source_ = nullptr;  // owned
};

}  // namespace ipc
