#include <unistd.h>

#include <utility>

#include "tests/bench/harness/socket.h"
#include "tests/bench/subjects/streams/stream.h"

namespace bench {
namespace {

class StreamClient final : public BlockingClient {
 public:
  StreamClient(Stream stream, size_t bytes)
      : stream_(std::move(stream)), message_(bytes), batch_(kWindow * kSmallBytes) {}

  // What comes back together is sent again together: the fewest system calls that there can be.
  void InFlight(Meter& meter) override {
    size_t sending = kWindow;
    while (true) {
      for (size_t i = 0; i < sending; ++i) meter.Sent();
      Write(batch_.data(), sending * kSmallBytes);
      if (meter.all_answered()) return;
      const size_t received = ReadSome();
      sending = 0;
      for (size_t i = 0; i < received; ++i) sending += meter.Answered() ? 1 : 0;
    }
  }

  // One system call a message, as a program that has one message to send makes.
  void OneWay(Meter& meter) override {
    message_[0] = 0;
    while (meter.MaySend()) Write(message_.data(), message_.size());
    message_[0] = 1;
    RoundTrip();
  }

  void Hear() override {
    for (;;) {
      Read(message_.data(), message_.size());
      Write(message_.data(), message_.size());
    }
  }

 private:
  void RoundTrip() override {
    Write(message_.data(), message_.size());
    Read(message_.data(), message_.size());
  }

  // How many whole messages have come, at least one.
  size_t ReadSome() {
    const ssize_t count = read(stream_.in, batch_.data(), batch_.size());
    Require(count > 0, "read");
    const size_t bytes = static_cast<size_t>(count);
    const size_t rest = bytes % kSmallBytes;
    if (rest != 0) Read(batch_.data() + bytes, kSmallBytes - rest);
    return (bytes + kSmallBytes - 1) / kSmallBytes;
  }
  void Read(char* bytes, size_t size) { Require(ReadExactly(stream_.in, bytes, size), "read"); }
  void Write(const char* bytes, size_t size) {
    Require(WriteAll(stream_.out, bytes, size), "write");
  }

  Stream stream_;
  std::vector<char> message_;
  std::vector<char> batch_;
};

}  // namespace

std::unique_ptr<Client> MakeStreamClient(const Session& session, const StreamMaker& maker) {
  return std::make_unique<StreamClient>(maker.connect(session.index), session.bytes);
}

}  // namespace bench
