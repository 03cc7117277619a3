// Main's end: a server without a port, given this one socket, that takes one call.
#include <fcntl.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/server_posix.h>

#include <cerrno>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/grpc/batch_link.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/grpc/call_buffers.h"
#include "runtime/transport/grpc/connection_watch.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/grpc/library.h"
#include "runtime/transport/grpc/settings.h"
#include "runtime/transport/grpc/status.h"
#include "runtime/transport/grpc/tsan.h"

namespace ipc {
namespace {

using internal::BatchStream;
using internal::TsanAcquire;
using internal::TsanRelease;

// A call that is not served.
class Refusal final : public grpc::ServerGenericBidiReactor {
 public:
  explicit Refusal(const absl::Status& reason) { Finish(internal::ToGrpc(reason)); }

 private:
  void OnDone() override { delete this; }
};

class ServerStream final : public BatchStream, private grpc::ServerGenericBidiReactor {
 public:
  explicit ServerStream(const PipeEnd& end) : BatchStream(end, Ending::kFinish) {}

  // The reactor for the call of `context`; null when there was a call before.
  grpc::ServerGenericBidiReactor* Accept(grpc::GenericCallbackServerContext* context) {
    if (!Bind()) return nullptr;
    context_ = context;
    return this;
  }
  using BatchStream::Open;

 private:
  void StartReading() override {
    TsanRelease(this);
    StartRead(buffers_.reading());
  }
  void StartWriting(const std::vector<grpc::Slice>& frames) override {
    const grpc::ByteBuffer* batch = buffers_.Pack(frames);
    TsanRelease(this);
    StartWrite(batch);
  }
  void HalfClose() override {}
  void Cancel() override { context_->TryCancel(); }
  void Finish(const absl::Status& reason) override {
    TsanRelease(this);
    grpc::ServerGenericBidiReactor::Finish(internal::ToGrpc(reason));
  }

  void OnReadDone(bool ok) override {
    TsanAcquire(this);
    if (ok) {
      HandleRead(buffers_.TakeRead());
    } else {
      // Not cancelled yet may still become cancelled: only OnDone() knows that all was in order.
      HandleReadEnd(context_->IsCancelled() ? std::optional(internal::LostError()) : std::nullopt);
    }
  }
  void OnWriteDone(bool ok) override {
    TsanAcquire(this);
    buffers_.DropWritten();
    HandleWritten(ok);
  }
  void OnDone() override {
    TsanAcquire(this);
    HandleDone(context_->IsCancelled() ? internal::LostError() : absl::OkStatus());
  }

  grpc::GenericCallbackServerContext* context_ = nullptr;  // gRPC's, good to the end of OnDone()
  internal::CallBuffers buffers_;
};

std::string MetadataOf(const grpc::GenericCallbackServerContext& context, const char* name) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(name);
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

class ServerLink final : public internal::BatchLink, private grpc::CallbackGenericService {
 public:
  using Admit = std::function<absl::Status(const GrpcClientHello&)>;

  ServerLink(const PipeEnd& end, Admit admit, UniqueFd watched)
      : BatchLink(&stream_),
        end_(end),
        must_admit_(admit != nullptr),
        admit_(std::move(admit)),
        stream_(end),
        watch_(std::move(watched), end) {}

  ~ServerLink() override {
    Linger();
    stream_.Abort(internal::LostError());
    // Ends what is left of the call, whatever the peer does, and waits for gRPC's last word on it.
    if (server_) server_->Shutdown(std::chrono::system_clock::now());
    stream_.WaitUntilDone(kForever);
  }

  absl::Status Serve(UniqueFd socket) {
    grpc::ServerBuilder builder;
    internal::ForEachSetting(end_.limits, [&builder](const char* name, int value) {
      builder.AddChannelArgument(name, value);
    });
    builder.RegisterCallbackGenericService(this);
    server_ = builder.BuildAndStart();
    if (!server_) return absl::ResourceExhaustedError("gRPC cannot start a server");
    grpc::AddInsecureChannelFromFd(server_.get(), socket.Release());
    return absl::OkStatus();
  }

 private:
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    if (context->method() != internal::kConnectMethod) {
      return new Refusal(absl::UnimplementedError("the only method is ipc.wire.Pipe/Connect"));
    }
    grpc::ServerGenericBidiReactor* reactor = stream_.Accept(context);
    if (reactor == nullptr) {
      return new Refusal(absl::ResourceExhaustedError("a connection has one Connect call"));
    }
    watch_.Stop();
    if (!must_admit_) {
      stream_.Open();
      return reactor;
    }
    std::string role = MetadataOf(*context, "ipc-role");
    GrpcClientHello hello{role.empty() ? "renderer" : std::move(role),
                          MetadataOf(*context, "ipc-token")};
    end_.runner->Post([this, alive = std::weak_ptr<const char>(alive_), hello = std::move(hello)] {
      if (!alive.expired()) AskToAdmit(hello);
    });
    return reactor;
  }

  void AskToAdmit(const GrpcClientHello& hello) {
    const std::weak_ptr<const char> alive = alive_;
    const Admit admit = std::move(admit_);
    const absl::Status admitted = admit(hello);
    if (alive.expired()) return;
    if (admitted.ok()) return stream_.Open();
    stream_.Abort(admitted);
    end_.inbox->Abort(admitted);
  }

  const PipeEnd end_;
  const bool must_admit_;
  Admit admit_;  // on the sequence; empty once it was asked
  const std::shared_ptr<const char> alive_ = std::make_shared<const char>();
  ServerStream stream_;
  internal::ConnectionWatch watch_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipe>> ServeGrpcPipe(UniqueFd socket,
                                                    std::shared_ptr<TaskRunner> runner,
                                                    GrpcServerOptions options) {
  internal::KeepGrpcUp();
  // gRPC reads until it would block, on whichever thread it is: here first.
  const int flags = fcntl(socket.get(), F_GETFL);
  if (flags < 0 || fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0) {
    return absl::ErrnoToStatus(errno, "fcntl(O_NONBLOCK)");
  }
  UniqueFd watched(fcntl(socket.get(), F_DUPFD_CLOEXEC, 0));
  if (!watched.is_valid()) return absl::ErrnoToStatus(errno, "fcntl(F_DUPFD_CLOEXEC)");
  const PipeEnd end(std::move(runner), options.limits);
  auto link = std::make_unique<ServerLink>(end, std::move(options.admit), std::move(watched));
  if (absl::Status served = link->Serve(std::move(socket)); !served.ok()) return served;
  return std::make_unique<FramedPipe>(end, std::move(link));
}

}  // namespace ipc
