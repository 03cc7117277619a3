#include "runtime/transport/grpc/connection_watch.h"

#include <grpcpp/alarm.h>
#include <poll.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>

#include "runtime/base/monotonic_time.h"
#include "runtime/transport/grpc/status.h"
#include "runtime/transport/grpc/tsan.h"

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
  static std::shared_ptr<Look> Create(UniqueFd socket, const PipeEnd& end) {
    return {new Look(std::move(socket), end), [](Look* look) {
              TsanAcquire(look);
              delete look;
            }};
  }

  void Begin() {
    std::lock_guard lock(mutex_);
    LookLater();
  }

  void Stop() {
    // Destroyed without the lock: that may end gRPC, which waits for callbacks that run.
    std::unique_ptr<grpc::Alarm> alarm;
    {
      std::lock_guard lock(mutex_);
      inbox_.reset();
      socket_.Reset();
      alarm.swap(alarm_);
    }
    TsanRelease(this);
  }

 private:
  Look(UniqueFd socket, const PipeEnd& end)
      : deadline_(std::chrono::steady_clock::now() + end.limits.hello_timeout),
        inbox_(end.inbox),
        socket_(std::move(socket)) {}

  // With the lock held.
  void LookLater() {
    alarm_ = std::make_unique<grpc::Alarm>();  // it keeps what it has called until it is destroyed
    alarm_->Set(std::chrono::system_clock::now() + kInterval,
                [weak = weak_from_this()](bool /*expired*/) {
                  if (auto self = weak.lock()) self->Run();
                });
  }

  void Run() {
    LookOnce();
    TsanRelease(this);
  }

  void LookOnce() {
    std::lock_guard lock(mutex_);
    if (inbox_ == nullptr) return;
    if (IsGone(socket_.get())) return inbox_->End(LostError());
    if (std::chrono::steady_clock::now() >= deadline_) {
      return inbox_->End(absl::DeadlineExceededError("the peer opened no stream in time"));
    }
    LookLater();
  }

  const MonotonicTime deadline_;

  std::mutex mutex_;
  std::shared_ptr<Inbox> inbox_;  // null once stopped: what it ends with is not for gRPC's threads
  UniqueFd socket_;
  std::unique_ptr<grpc::Alarm> alarm_;
};

ConnectionWatch::ConnectionWatch(UniqueFd socket, const PipeEnd& end)
    : look_(Look::Create(std::move(socket), end)) {
  look_->Begin();
}

ConnectionWatch::~ConnectionWatch() { Stop(); }

void ConnectionWatch::Stop() { look_->Stop(); }

}  // namespace ipc::internal
