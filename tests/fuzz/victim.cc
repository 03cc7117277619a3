#include "tests/fuzz/victim.h"

#include <sys/socket.h>

#include <cstdlib>
#include <future>
#include <mutex>
#include <utility>

#include "runtime/transport/pipe.h"

namespace ipc::fuzz {
namespace {

// Small, so that what exceeds them is met often.
Limits SmallLimits() {
  Limits limits;
  limits.message_bytes = 1 << 20;
  limits.outbound_bytes = 1 << 20;
  limits.answer_frames = 1000;
  return limits;
}

}  // namespace

class Victim::Connection final : public Pipe::Delegate {
 public:
  explicit Connection(std::atomic<uint64_t>* frames) : frames_(frames) {}

  void Start(std::unique_ptr<Pipe> pipe) {
    pipe_ = std::move(pipe);
    pipe_->Start(this);
  }
  void Drop() { pipe_.reset(); }
  std::string end() const {
    const std::lock_guard lock(mutex_);
    return end_;
  }

 private:
  void OnFrame(const FrameView& frame) override {
    ++*frames_;
    for (const uint8_t byte : frame.payload.Joined()) sum_ += byte;
    FrameHeader answer;
    answer.kind = FrameKind::kReply;
    answer.call_id = CallId(1 + sum_ % 7);
    answer.payload_kind = PayloadKind::kTyped;
    pipe_->Send(answer, EncodedPayload({PayloadKind::kTyped, frame.payload, {}})).IgnoreError();
  }
  void OnWritable() override {}
  void OnClosed(const absl::Status& reason) override {
    const std::lock_guard lock(mutex_);
    end_ = reason.ToString();
  }

  std::atomic<uint64_t>* const frames_;
  std::unique_ptr<Pipe> pipe_;
  uint64_t sum_ = 0;
  mutable std::mutex mutex_;
  std::string end_;
};

Victim::Peer Victim::Connect() {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) std::abort();
  OwnRegion::Created peers = *OwnRegion::Create(internal::kMinRingBytes);
  OwnRegion::Created victims = *OwnRegion::Create(internal::kMinRingBytes);
  PeerRegion seen_by_peer = *PeerRegion::Map(victims.fd);
  connection_ = std::make_shared<Connection>(&frames_);
  thread_.Run([&] {
    connection_->Start(*MakeShmPipe(thread_.loop(), UniqueFd(sockets[0]), std::move(victims.region),
                                    *PeerRegion::Map(peers.fd), SmallLimits()));
  });
  return {std::move(peers.region), std::move(seen_by_peer), UniqueFd(sockets[1])};
}

std::string Victim::end() const { return connection_->end(); }

bool Victim::Disconnect(std::chrono::seconds patience) {
  auto dropped = std::make_shared<std::promise<void>>();
  std::future<void> is_dropped = dropped->get_future();
  thread_.runner()->Post([dropped, connection = std::move(connection_)] {
    connection->Drop();
    dropped->set_value();
  });
  return is_dropped.wait_for(patience) == std::future_status::ready;
}

}  // namespace ipc::fuzz
