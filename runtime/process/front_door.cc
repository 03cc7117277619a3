#include "runtime/process/front_door.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "runtime/process/internal/listening_socket.h"

namespace ipc {
namespace {

// How long nobody is accepted after the system refused: long enough for descriptors to come free,
// too short for a person to notice.
constexpr milliseconds kPause{100};

bool MayTryAgainAtOnce(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ECONNABORTED;
}

}  // namespace

// Shared only to outlive its own callbacks: they may destroy the FrontDoor.
class FrontDoor::Impl : public std::enable_shared_from_this<FrontDoor::Impl> {
 public:
  Impl(EventLoop& loop, Options options, OnArrival on_arrival,
       std::unique_ptr<internal::ListeningSocket> listener);

  absl::Status Open();
  void Close();
  size_t half_open() const { return half_open_.size(); }

 private:
  void Pause();
  void Reopen();
  void ReopenLater();
  void OnReadable();
  void Receive(UniqueFd socket);
  bool IsAllowed(const PeerCredentials& peer) const;
  void OnOutcome(uint64_t key, const PeerCredentials& peer, absl::StatusOr<Arrival> outcome);
  void Refuse(const PeerCredentials& peer, const absl::Status& status);

  EventLoop& loop_;
  const Options options_;
  OnArrival on_arrival_;
  std::unique_ptr<internal::ListeningSocket> listener_;  // null once closed
  WatchId watch_;
  bool is_open_ = false;  // watching; else paused, or closed
  TimerId retry_;
  uint64_t last_key_ = 0;
  absl::flat_hash_map<uint64_t, std::unique_ptr<Acceptance>> half_open_;
};

FrontDoor::Impl::Impl(EventLoop& loop, Options options, OnArrival on_arrival,
                      std::unique_ptr<internal::ListeningSocket> listener)
    : loop_(loop),
      options_(std::move(options)),
      on_arrival_(std::move(on_arrival)),
      listener_(std::move(listener)) {}

absl::Status FrontDoor::Impl::Open() {
  if (is_open_ || listener_ == nullptr) return absl::OkStatus();
  loop_.CancelTimer(retry_);
  auto watch = loop_.Watch(listener_->fd(), EPOLLIN, [this](uint32_t) { OnReadable(); });
  if (!watch.ok()) return watch.status();
  watch_ = *watch;
  is_open_ = true;
  return absl::OkStatus();
}

void FrontDoor::Impl::Pause() {
  if (!is_open_) return;
  loop_.Unwatch(watch_);
  is_open_ = false;
}

void FrontDoor::Impl::Reopen() {
  if (!Open().ok()) ReopenLater();
}

void FrontDoor::Impl::ReopenLater() {
  loop_.CancelTimer(retry_);
  retry_ = loop_.StartTimer(loop_.Now() + kPause, [this] { Reopen(); });
}

void FrontDoor::Impl::Close() {
  Pause();
  loop_.CancelTimer(retry_);
  half_open_.clear();
  listener_.reset();
}

void FrontDoor::Impl::OnReadable() {
  UniqueFd socket(accept4(listener_->fd(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (socket.is_valid()) return Receive(std::move(socket));
  if (MayTryAgainAtOnce(errno)) return;
  // Out of descriptors or memory. The listener stays readable, so the loop must not look at it.
  Pause();
  ReopenLater();
}

void FrontDoor::Impl::Receive(UniqueFd socket) {
  const absl::StatusOr<PeerCredentials> peer = GetPeerCredentials(socket.get());
  if (!peer.ok()) return Refuse({}, peer.status());
  if (!IsAllowed(*peer)) {
    return Refuse(*peer, absl::PermissionDeniedError("a process of another user"));
  }
  const uint64_t key = ++last_key_;
  half_open_[key] =
      std::make_unique<Acceptance>(loop_, std::move(socket), options_.accept,
                                   [this, key, peer = *peer](absl::StatusOr<Arrival> outcome) {
                                     OnOutcome(key, peer, std::move(outcome));
                                   });
  if (half_open_.size() >= options_.accept.limits.half_open) Pause();
}

bool FrontDoor::Impl::IsAllowed(const PeerCredentials& peer) const {
  const std::vector<uint32_t>& allowed = options_.allowed_uids;
  if (allowed.empty()) return peer.uid == geteuid();
  return std::find(allowed.begin(), allowed.end(), peer.uid) != allowed.end();
}

void FrontDoor::Impl::OnOutcome(uint64_t key, const PeerCredentials& peer,
                                absl::StatusOr<Arrival> outcome) {
  const std::shared_ptr<Impl> self = shared_from_this();
  half_open_.erase(key);
  Reopen();
  if (outcome.ok()) return on_arrival_(*std::move(outcome));
  Refuse(peer, outcome.status());
}

void FrontDoor::Impl::Refuse(const PeerCredentials& peer, const absl::Status& status) {
  const std::shared_ptr<Impl> self = shared_from_this();
  if (options_.on_refused) options_.on_refused(peer, status);
}

absl::StatusOr<std::unique_ptr<FrontDoor>> FrontDoor::Create(EventLoop& loop, Options options,
                                                             OnArrival on_arrival) {
  // Who may connect at all; SO_PEERCRED decides.
  const mode_t mode = options.allowed_uids.empty() ? 0600 : 0666;
  auto listener = internal::ListeningSocket::Create(options.path, mode);
  if (!listener.ok()) return listener.status();
  auto impl =
      std::make_shared<Impl>(loop, std::move(options), std::move(on_arrival), *std::move(listener));
  if (absl::Status status = impl->Open(); !status.ok()) return status;
  return std::unique_ptr<FrontDoor>(new FrontDoor(std::move(impl)));
}

FrontDoor::FrontDoor(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrontDoor::~FrontDoor() { impl_->Close(); }

size_t FrontDoor::half_open() const { return impl_->half_open(); }

}  // namespace ipc
