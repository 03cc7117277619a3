#include "runtime/bindings/sync_reply.h"

namespace ipc {

SyncReply::~SyncReply() {
  if (answer_ && !failure_.ok()) answer_->Refuse(failure_);
}

}  // namespace ipc
