#include "runtime/transport/grpc/connection_watch.h"

#include <sys/epoll.h>

#include <utility>

#include "runtime/base/monotonic_time.h"
#include "runtime/transport/grpc/status.h"

namespace ipc::internal {
namespace {

// What a call that came just before the end has to be noticed.
constexpr milliseconds kGrace{50};

}  // namespace

absl::Status ConnectionWatch::Start(UniqueFd socket) {
  socket_ = std::move(socket);
  const absl::StatusOr<WatchId> watch =
      loop_.Watch(socket_.get(), EPOLLRDHUP, [this](uint32_t) { OnGone(); });
  if (!watch.ok()) return watch.status();
  watch_ = *watch;
  timer_ = loop_.StartTimer(After(loop_.Now(), end_.limits.hello_timeout), [inbox = end_.inbox] {
    inbox->End(absl::DeadlineExceededError("the peer opened no stream in time"));
  });
  return absl::OkStatus();
}

void ConnectionWatch::Stop() {
  loop_.Unwatch(std::exchange(watch_, {}));
  loop_.CancelTimer(std::exchange(timer_, {}));
  socket_.Reset();
}

void ConnectionWatch::OnGone() {
  Stop();
  timer_ =
      loop_.StartTimer(loop_.Now() + kGrace, [inbox = end_.inbox] { inbox->End(LostError()); });
}

}  // namespace ipc::internal
