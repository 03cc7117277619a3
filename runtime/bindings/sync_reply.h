// The one answer of a sendSync, which several listeners may try to give.
//
// Ownership   Shared by the copies of the event. When the last one goes unanswered, the renderer
//             gets how the last listener failed, else ABORTED, "reply was never sent".
// Threads     Any.
// From        electron-contract rule 7: the first return value is sent at once, later ones do
//             nothing.
#pragma once

#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

#include "absl/status/status.h"
#include "runtime/async/outcome.h"
#include "runtime/bindings/answer.h"

namespace ipc {

class SyncReply {
 public:
  explicit SyncReply(Answer answer)
      : stop_token_(answer.stop_token()), answer_(std::move(answer)) {}
  SyncReply(const SyncReply&) = delete;
  SyncReply& operator=(const SyncReply&) = delete;
  ~SyncReply();

  template <typename Response>
  void Return(const Outcome<Response>& outcome) {
    if (std::optional<Answer> answer = TakeAnswer()) answer->Settle<Response>(outcome);
  }
  // Told when nobody waits for the answer any more.
  const std::stop_token& stop_token() const { return stop_token_; }

  // Nobody listens.
  void Refuse(const absl::Status& detail) {
    if (std::optional<Answer> answer = TakeAnswer()) answer->Refuse(detail);
  }
  // A listener failed with this DETAIL. Another may still answer.
  void NoteFailure(const absl::Status& detail);

 private:
  std::optional<Answer> TakeAnswer();

  const std::stop_token stop_token_;
  std::mutex mutex_;
  std::optional<Answer> answer_;  // empty once given
  absl::Status failure_;
};

}  // namespace ipc
