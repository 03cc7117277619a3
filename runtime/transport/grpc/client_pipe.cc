// The renderer's end: a channel made from the socket, and its one call.
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/grpc/batch_link.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/grpc/call_buffers.h"
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

class ClientStream final : public BatchStream,
                           private grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit ClientStream(const PipeEnd& end) : BatchStream(end, Ending::kHalfClose) {}

  void Call(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::GenericStub stub(channel);
    stub.PrepareBidiStreamingCall(&context_, internal::kConnectMethod, {}, this);
    AddHold();  // given back by Finish()
    TsanRelease(this);
    StartCall();
    Bind();
    Open();
  }

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
  void HalfClose() override {
    TsanRelease(this);
    StartWritesDone();
  }
  void Cancel() override { context_.TryCancel(); }
  void Finish(const absl::Status& /*reason*/) override {
    TsanRelease(this);
    RemoveHold();
  }

  void OnReadDone(bool ok) override {
    TsanAcquire(this);
    if (ok) {
      HandleRead(buffers_.TakeRead());
    } else {
      HandleReadEnd(std::nullopt);  // OnDone() knows why
    }
  }
  void OnWriteDone(bool ok) override {
    TsanAcquire(this);
    buffers_.DropWritten();
    HandleWritten(ok);
  }
  void OnDone(const grpc::Status& status) override {
    TsanAcquire(this);
    HandleDone(internal::EndOfCall(status));
  }

  grpc::ClientContext context_;
  internal::CallBuffers buffers_;
};

class ClientLink final : public internal::BatchLink {
 public:
  ClientLink(UniqueFd socket, const PipeEnd& end) : BatchLink(&stream_), stream_(end) {
    grpc::ChannelArguments arguments;
    internal::ForEachSetting(
        end.limits, [&arguments](const char* name, int value) { arguments.SetInt(name, value); });
    channel_ = grpc::CreateCustomInsecureChannelFromFd("ipc", socket.Release(), arguments);
    stream_.Call(channel_);
  }
  ~ClientLink() override {
    Linger();
    stream_.Abort(internal::LostError());
    stream_.WaitUntilDone(kForever);
  }

 private:
  // Before the stream, whose context refers to it: the last who lets go of a channel may have to
  // wait for gRPC's threads, and must not be one of them.
  std::shared_ptr<grpc::Channel> channel_;
  ClientStream stream_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipe>> ConnectGrpcPipe(UniqueFd socket,
                                                      std::shared_ptr<TaskRunner> runner,
                                                      const Limits& limits) {
  internal::KeepGrpcUp();
  const PipeEnd end(std::move(runner), limits);
  return std::make_unique<FramedPipe>(end, std::make_unique<ClientLink>(std::move(socket), end));
}

}  // namespace ipc
