// One end of a bidirectional gRPC stream of raw bytes, over the callback API: as bare as gRPC gets.
//
// Ownership   gRPC's callbacks refer to it until the stream ends, which is when the process does.
// Threads     Send() on any. `deliver` runs on gRPC's threads, one message at a time.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>

namespace bench {

inline grpc::ByteBuffer BytesOf(size_t size) {
  const grpc::Slice slice(std::string(size, 'x'));
  return grpc::ByteBuffer(&slice, 1);
}

template <typename Reactor>
class ByteStream : public Reactor {
 public:
  using Deliver = std::function<void(ByteStream&, grpc::ByteBuffer)>;

  explicit ByteStream(Deliver deliver) : deliver_(std::move(deliver)) {}

  void Send(grpc::ByteBuffer bytes) {
    std::lock_guard lock(mutex_);
    if (is_writing_) return waiting_.push_back(std::move(bytes));
    Write(std::move(bytes));
  }
  // The same, once few enough wait.
  void SendWhenShort(grpc::ByteBuffer bytes) {
    {
      std::unique_lock lock(mutex_);
      is_short_.wait(lock, [this] { return waiting_.size() < kShort; });
    }
    Send(std::move(bytes));
  }

  void Receive() { this->StartRead(&incoming_); }

  void OnReadDone(bool is_ok) override {
    if (!is_ok) return;
    deliver_(*this, std::exchange(incoming_, grpc::ByteBuffer()));
    Receive();
  }
  void OnWriteDone(bool is_ok) override {
    if (!is_ok) return;
    std::lock_guard lock(mutex_);
    is_writing_ = false;
    if (waiting_.empty()) return;
    grpc::ByteBuffer next = std::move(waiting_.front());
    waiting_.pop_front();
    if (waiting_.size() + 1 == kShort) is_short_.notify_one();
    Write(std::move(next));
  }

 private:
  static constexpr size_t kShort = 1024;

  // gRPC takes one write at a time.
  void Write(grpc::ByteBuffer bytes) {
    is_writing_ = true;
    outgoing_ = std::move(bytes);
    this->StartWrite(&outgoing_);
  }

  const Deliver deliver_;
  grpc::ByteBuffer incoming_;
  std::mutex mutex_;
  std::condition_variable is_short_;
  std::deque<grpc::ByteBuffer> waiting_;
  grpc::ByteBuffer outgoing_;
  bool is_writing_ = false;
};

}  // namespace bench
