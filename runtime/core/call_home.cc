#include "runtime/core/call_home.h"

#include <utility>

#include "runtime/core/connection.h"
#include "runtime/core/endings.h"
#include "runtime/wire/frame.h"

namespace ipc {

CallHome::CallHome(Connection* connection, std::shared_ptr<TaskRunner> runner)
    : connection_(connection), runner_(std::move(runner)) {}

void CallHome::Answer(std::shared_ptr<CallHome> home, CallId id, const absl::Status& status,
                      const PayloadWriter& payload) {
  if (home->runner_->IsCurrent()) {
    if (home->connection_) home->connection_->Answer(id, status, payload);
    return;
  }
  // The payload borrows from the caller of this function: it is encoded here, before the hop.
  FrameHeader header;
  header.payload_kind = payload.kind();
  header.blob_sizes.assign(payload.blob_sizes().begin(), payload.blob_sizes().end());
  // The task may be the last to hold `home`, and Post() may destroy it.
  std::shared_ptr<TaskRunner> runner = home->runner_;
  runner->Post([home = std::move(home), id, status, frame = OwnedFrame(header, payload)] {
    if (home->connection_ == nullptr) return;
    const FrameView& view = frame.view();
    home->connection_->Answer(
        id, status,
        EncodedPayload({view.header.payload_kind, view.payload, view.header.blob_sizes}));
  });
}

void CallHome::Stop::operator()() const {
  home_->runner_->Post([home = home_, id = id_] {
    if (home->connection_) home->connection_->GiveUp(id, Cancelled());
  });
}

void CallHome::Cancel::operator()() const {
  if (home_->connection_) home_->connection_->Cancel(id_);
}

std::unique_ptr<CallHome::StopCallback> CallHome::WhenStopped(const std::shared_ptr<CallHome>& home,
                                                              CallId id, const Patience& patience) {
  if (!patience.stop_token.stop_possible()) return nullptr;
  return std::make_unique<StopCallback>(patience.stop_token, Stop(home, id));
}

}  // namespace ipc
