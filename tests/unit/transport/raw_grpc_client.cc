#include "tests/unit/transport/raw_grpc_client.h"

#include <fcntl.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/generic/generic_stub.h>

#include <chrono>
#include <optional>
#include <utility>

#include "runtime/base/check.h"

namespace ipc::testing {
namespace {

// Longer than anything takes under a sanitizer on a busy machine.
constexpr std::chrono::seconds kPatience{60};

}  // namespace

class RawGrpcClient::Impl {
 public:
  explicit Impl(UniqueFd socket)
      : channel_(grpc::CreateInsecureChannelFromFd("raw", socket.Release())), stub_(channel_) {}
  ~Impl() {
    if (context_) context_->TryCancel();
    if (stream_) Finish().IgnoreError();
    queue_.Shutdown();
    void* tag;
    bool ok;
    while (queue_.Next(&tag, &ok)) continue;
  }

  void Call(const std::string& method, const std::map<std::string, std::string>& metadata,
            Compression compression) {
    context_.emplace();
    for (const auto& [name, value] : metadata) context_->AddMetadata(name, value);
    if (compression == Compression::kGzip) {
      context_->set_compression_algorithm(GRPC_COMPRESS_GZIP);
    }
    stream_ = stub_.PrepareCall(&*context_, method, &queue_);
    stream_->StartCall(this);
    Await();
  }

  bool Write(const std::string& message) {
    const grpc::Slice slice(message);
    stream_->Write(grpc::ByteBuffer(&slice, 1), this);
    return Await();
  }

  std::optional<std::string> Read() {
    grpc::ByteBuffer message;
    stream_->Read(&message, this);
    if (!Await()) return std::nullopt;
    grpc::Slice slice;
    if (!message.DumpToSingleSlice(&slice).ok()) return std::nullopt;
    return std::string(slice.begin(), slice.end());
  }

  void HalfClose() {
    stream_->WritesDone(this);
    Await();
  }

  absl::Status Finish() {
    while (Read()) continue;
    grpc::Status status;
    stream_->Finish(&status, this);
    Await();
    stream_.reset();
    return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
  }

 private:
  bool Await() {
    void* tag;
    bool ok = false;
    const auto event = queue_.AsyncNext(&tag, &ok, std::chrono::system_clock::now() + kPatience);
    IPC_CHECK(event == grpc::CompletionQueue::GOT_EVENT, "gRPC does not answer");
    return ok;
  }

  const std::shared_ptr<grpc::Channel> channel_;
  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
  std::optional<grpc::ClientContext> context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

RawGrpcClient::RawGrpcClient(UniqueFd socket) : impl_(std::make_unique<Impl>(std::move(socket))) {}
RawGrpcClient::~RawGrpcClient() = default;

void RawGrpcClient::Call(const std::string& method,
                         const std::map<std::string, std::string>& metadata,
                         Compression compression) {
  impl_->Call(method, metadata, compression);
}
bool RawGrpcClient::Write(const std::string& message) { return impl_->Write(message); }
std::string RawGrpcClient::Read() { return impl_->Read().value_or(""); }
void RawGrpcClient::HalfClose() { impl_->HalfClose(); }
absl::Status RawGrpcClient::Finish() { return impl_->Finish(); }

}  // namespace ipc::testing
