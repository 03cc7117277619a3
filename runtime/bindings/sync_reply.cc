#include "runtime/bindings/sync_reply.h"

namespace ipc {

SyncReply::~SyncReply() {
  if (answer_ && !failure_.ok()) answer_->Refuse(failure_);
}

void SyncReply::NoteFailure(const absl::Status& detail) {
  std::lock_guard lock(mutex_);
  failure_ = detail;
}

std::optional<Answer> SyncReply::TakeAnswer() {
  std::lock_guard lock(mutex_);
  return std::exchange(answer_, std::nullopt);
}

}  // namespace ipc
