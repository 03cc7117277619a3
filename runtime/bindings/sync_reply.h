// The one answer of a sendSync, which several listeners may try to give.
//
// Ownership   Shared by the copies of the event. When the last one goes unanswered, the renderer
//             gets how the last listener failed, else ABORTED, "reply was never sent".
// Threads     Any.
// From        electron-contract rule 7: the first return value is sent at once, later ones do
//             nothing.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "runtime/async/cancel_slot.h"
#include "runtime/async/outcome.h"
#include "runtime/bindings/answer.h"
#include "runtime/core/incoming_call.h"

namespace ipc {

class SyncReply {
 public:
  explicit SyncReply(Answer answer) : call_(answer.call()), answer_(std::move(answer)) {}
  SyncReply(const SyncReply&) = delete;
  SyncReply& operator=(const SyncReply&) = delete;
  ~SyncReply();

  template <typename Response>
  void Return(const Outcome<Response>& outcome) {
    if (TakeAnswer()) Given()->template Settle<Response>(outcome);
  }
  // Told when nobody waits for the answer any more.
  CancelSlot& when_stopped() { return call_->when_stopped(); }

  // Nobody listens.
  void Refuse(const absl::Status& detail) {
    if (TakeAnswer()) Given()->Refuse(detail);
  }
  // A listener failed with this DETAIL. Another may still answer. On the loop's sequence.
  void NoteFailure(const absl::Status& detail) { failure_ = detail; }

 private:
  // True for the first who gives one.
  bool TakeAnswer() { return !is_given_.exchange(true); }
  std::optional<Answer> Given() { return std::exchange(answer_, std::nullopt); }

  const std::shared_ptr<IncomingCall> call_;
  std::atomic<bool> is_given_ = false;
  std::optional<Answer> answer_;  // of whoever gives it
  absl::Status failure_;
};

}  // namespace ipc
