#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "tests/bench/harness/socket.h"
#include "tests/bench/subjects/streams/stream.h"

namespace bench {
namespace {

class StreamServer final : public Server {
 public:
  StreamServer(const Session& session, StreamMaker maker)
      : session_(session),
        maker_(std::move(maker)),
        buffer_(std::max<size_t>(session.bytes, 64 * 1024)) {}

  void Listen() override { maker_.listen(); }

  void Serve() override {
    Gather();
    if (!session_.is_small()) ServeLarge(streams_.front());
    if (streams_.size() == 1) {
      for (;;) Answer(streams_.front());
    }
    ServeMany();
  }

  void Gather() override {
    for (int i = 0; i < session_.renderers; ++i) streams_.push_back(maker_.accept(i));
  }

  void Broadcast(Meter& meter) override {
    do {
      for (const Stream& stream : streams_) Write(stream, session_.bytes);
      for (const Stream& stream : streams_) Read(stream, 0, session_.bytes);
    } while (meter.Completed());
  }

 private:
  void ServeMany() {
    const ipc::UniqueFd epoll(epoll_create1(EPOLL_CLOEXEC));
    Require(epoll.is_valid(), "epoll_create1");
    for (size_t i = 0; i < streams_.size(); ++i) {
      epoll_event event = {.events = EPOLLIN, .data = {.u64 = i}};
      Require(epoll_ctl(epoll.get(), EPOLL_CTL_ADD, streams_[i].in, &event) == 0, "epoll_ctl");
    }
    std::array<epoll_event, 64> events;
    for (;;) {
      const int count = epoll_wait(epoll.get(), events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) Answer(streams_[events[static_cast<size_t>(i)].data.u64]);
    }
  }

  // All whole messages that have come, together.
  void Answer(const Stream& stream) {
    const ssize_t count = read(stream.in, buffer_.data(), buffer_.size());
    Require(count > 0, "read");
    size_t bytes = static_cast<size_t>(count);
    if (const size_t rest = bytes % session_.bytes; rest != 0) {
      Read(stream, bytes, session_.bytes - rest);
      bytes += session_.bytes - rest;
    }
    if (session_.pattern == Pattern::kOneWay) {
      // Only the last message of a client wants an answer.
      if (buffer_[bytes - session_.bytes] == 1) Write(stream, session_.bytes);
    } else {
      Write(stream, bytes);
    }
  }

  [[noreturn]] void ServeLarge(const Stream& stream) {
    for (;;) {
      Read(stream, 0, session_.bytes);
      Write(stream, session_.bytes);
    }
  }

  void Read(const Stream& stream, size_t at, size_t size) {
    Require(ReadExactly(stream.in, buffer_.data() + at, size), "read");
  }
  void Write(const Stream& stream, size_t size) {
    Require(WriteAll(stream.out, buffer_.data(), size), "write");
  }

  const Session session_;
  StreamMaker maker_;
  std::vector<Stream> streams_;
  std::vector<char> buffer_;
};

}  // namespace

std::unique_ptr<Server> MakeStreamServer(const Session& session, StreamMaker maker) {
  return std::make_unique<StreamServer>(session, std::move(maker));
}

}  // namespace bench
