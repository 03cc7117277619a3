#include "runtime/transport/grpc/connection_watch.h"

#include <grpcpp/alarm.h>
#include <poll.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include "runtime/base/monotonic_time.h"
#include "runtime/transport/grpc/status.h"

namespace ipc::internal {
namespace {

constexpr milliseconds kInterval{50};

bool IsGone(int socket) {
  pollfd query{.fd = socket, .events = POLLRDHUP};
  return poll(&query, 1, 0) > 0;
}

}  // namespace

class ConnectionWatch::Look : public std::enable_shared_from_this<Look> {
 public:
  Look(UniqueFd socket, const PipeEnd& end)
      : inbox_(end.inbox),
        deadline_(std::chrono::steady_clock::now() + end.limits.hello_timeout),
        socket_(std::move(socket)) {}

  void Again() {
    std::lock_guard lock(mutex_);
    if (!socket_.is_valid()) return;
    alarm_ = std::make_unique<grpc::Alarm>();  // it keeps what it has called until it is destroyed
    alarm_->Set(std::chrono::system_clock::now() + kInterval,
                [weak = weak_from_this()](bool /*expired*/) {
                  if (auto self = weak.lock()) self->Run();
                });
  }

  void Stop() {
    // Destroyed without the lock: that may end gRPC, which waits for callbacks that run.
    std::unique_ptr<grpc::Alarm> alarm;
    std::lock_guard lock(mutex_);
    socket_.Reset();
    alarm.swap(alarm_);
  }

 private:
  void Run() {
    {
      std::lock_guard lock(mutex_);
      if (!socket_.is_valid()) return;
      if (IsGone(socket_.get())) return inbox_->End(LostError());
    }
    if (std::chrono::steady_clock::now() >= deadline_) {
      return inbox_->End(absl::DeadlineExceededError("the peer opened no stream in time"));
    }
    Again();
  }

  const std::shared_ptr<Inbox> inbox_;
  const MonotonicTime deadline_;

  std::mutex mutex_;
  UniqueFd socket_;  // invalid once stopped
  std::unique_ptr<grpc::Alarm> alarm_;
};

ConnectionWatch::ConnectionWatch(UniqueFd socket, const PipeEnd& end)
    : look_(std::make_shared<Look>(std::move(socket), end)) {
  look_->Again();
}

ConnectionWatch::~ConnectionWatch() { Stop(); }

void ConnectionWatch::Stop() { look_->Stop(); }

}  // namespace ipc::internal
