#include "runtime/transport/grpc/batch_link.h"

#include <chrono>

#include "runtime/base/monotonic_time.h"
#include "runtime/transport/grpc/settings.h"
#include "runtime/transport/grpc/status.h"

namespace ipc::internal {
BatchLink::~BatchLink() {
  // gRPC drops what it has not delivered when the connection goes.
  if (is_closing_) stream_->WaitUntilDone(std::chrono::steady_clock::now() + kLinger);
  stream_->Abort(LostError());
  stream_->Leave();
}

void BatchLink::Close() {
  is_closing_ = true;
  stream_->Close();
}

Link::PeerTurn BatchLink::RunPeer(MonotonicTime deadline, const std::stop_token& stop_token) {
  return loop_->RunOnce(deadline, stop_token) ? PeerTurn::kRan : PeerTurn::kIdle;
}

}  // namespace ipc::internal
