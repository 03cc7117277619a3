#include "tests/electron/hostile_peer.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/generic/generic_stub.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <deque>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

#include "runtime/wire/batch.h"

namespace ipc {
namespace {

constexpr std::chrono::seconds kPatience{10};

std::string ReadAll(int socket, size_t size) {
  std::string bytes(size, '\0');
  ssize_t got = recv(socket, bytes.data(), size, MSG_WAITALL);
  bytes.resize(got < 0 ? 0 : static_cast<size_t>(got));
  return bytes;
}

}  // namespace

HostileSocket::HostileSocket(const std::string& path)
    : socket_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  if (connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(), path);
  }
  timeval patience{.tv_sec = kPatience.count(), .tv_usec = 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

void HostileSocket::Write(std::string_view bytes) {
  // Main may hang up at any byte: that is its good right.
  (void)send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

Welcome HostileSocket::SayHello() {
  std::string hello = EncodeHello({.role = "hostile", .token = {}, .pipes = {PipeKind::kGrpc}});
  const char size[] = {static_cast<char>(hello.size() >> 8), static_cast<char>(hello.size())};
  Write("IPC1" + std::string(size, 2) + hello);
  absl::StatusOr<Welcome> welcome = ReadWelcome();
  if (!welcome.ok()) throw std::runtime_error(welcome.status().ToString());
  return *std::move(welcome);
}

absl::StatusOr<Welcome> HostileSocket::ReadWelcome() {
  const std::string prefix = ReadAll(socket_.get(), 6);
  if (prefix.size() < 6) return absl::UnavailableError("no welcome");
  const size_t size = static_cast<uint8_t>(prefix[4]) << 8 | static_cast<uint8_t>(prefix[5]);
  const std::string message = ReadAll(socket_.get(), size);
  return DecodeWelcome({reinterpret_cast<const uint8_t*>(message.data()), message.size()});
}

void HostileSocket::WaitForEnd() {
  char byte;
  while (recv(socket_.get(), &byte, 1, 0) > 0) {
  }
}

// Everything is waited for one at a time: the completion queue holds one event at most.
class HostileStream::Call {
 public:
  explicit Call(UniqueFd socket)
      : channel_(grpc::CreateInsecureChannelFromFd("hostile", socket.Release())),
        stub_(channel_),
        stream_(stub_.PrepareCall(&context_, "/ipc.wire.Pipe/Connect", &queue_)) {
    context_.set_deadline(std::chrono::system_clock::now() + kPatience);
    stream_->StartCall(this);
    Wait();
  }
  ~Call() {
    context_.TryCancel();
    grpc::Status status;
    stream_->Finish(&status, this);
    Wait();
    queue_.Shutdown();
    Wait();
  }

  bool Write(std::string_view bytes) {
    grpc::Slice slice(bytes.data(), bytes.size());
    stream_->Write(grpc::ByteBuffer(&slice, 1), this);
    return Wait();
  }
  std::optional<std::string> Read() {
    grpc::ByteBuffer buffer;
    stream_->Read(&buffer, this);
    if (!Wait()) return std::nullopt;
    grpc::Slice slice;
    if (!buffer.DumpToSingleSlice(&slice).ok()) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }

  std::deque<OwnedFrame> frames;  // read and not yet taken

 private:
  bool Wait() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

HostileStream::HostileStream(UniqueFd socket) : call_(std::make_unique<Call>(std::move(socket))) {}

HostileStream::~HostileStream() = default;

void HostileStream::Write(std::string_view batch) { call_->Write(batch); }

std::optional<OwnedFrame> HostileStream::Read() {
  while (call_->frames.empty()) {
    std::optional<std::string> batch = call_->Read();
    if (!batch) return std::nullopt;
    BatchReader reader({reinterpret_cast<const uint8_t*>(batch->data()), batch->size()});
    while (auto bytes = *reader.Next()) call_->frames.emplace_back(*DecodeFrame(*bytes));
  }
  OwnedFrame frame = std::move(call_->frames.front());
  call_->frames.pop_front();
  return frame;
}

void HostileStream::WaitForEnd() {
  while (call_->Read()) {
  }
}

std::string Batch(const FrameHeader& header, std::string_view payload) {
  EncodedPayload writer(
      {header.payload_kind,
       absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(payload.data()), payload.size()),
       header.blob_sizes});
  std::string batch(BatchedFrameSize(header, payload.size()), '\0');
  EncodeBatchedFrame(header, writer, {reinterpret_cast<uint8_t*>(batch.data()), batch.size()});
  return batch;
}

std::string JsonInvoke(uint64_t call_id, std::string_view channel, std::string_view json) {
  FrameHeader header;
  header.kind = FrameKind::kInvoke;
  header.call_id = CallId(call_id);
  header.channel = channel;
  header.payload_kind = PayloadKind::kJson;
  return Batch(header, json);
}

}  // namespace ipc
