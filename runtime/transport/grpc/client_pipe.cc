// The renderer's end: a channel made from the socket, and its one call.
#include <grpc/grpc.h>
#include <grpc/grpc_posix.h>
#include <grpc/grpc_security.h>
#include <grpc/support/time.h>

#include <memory>
#include <string_view>
#include <utility>

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/grpc/batch_link.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/grpc/settings.h"
#include "runtime/transport/grpc/slice.h"
#include "runtime/transport/grpc/status.h"

namespace ipc {
namespace {

using internal::BatchStream;

class ClientStream final : public BatchStream {
 public:
  ClientStream(const PipeEnd& end, GrpcLoop& loop) : BatchStream(end, loop, Ending::kHalfClose) {
    grpc_metadata_array_init(&headers_);
    grpc_metadata_array_init(&trailers_);
  }

  ~ClientStream() override {
    grpc_metadata_array_destroy(&headers_);
    grpc_metadata_array_destroy(&trailers_);
    if (channel_ != nullptr) grpc_channel_destroy(channel_);
  }

  void Call(UniqueFd socket) {
    grpc_completion_queue* const queue = loop().queue();
    const internal::Settings settings(end().limits);
    grpc_channel_credentials* const nobody = grpc_insecure_credentials_create();
    channel_ = grpc_channel_create_from_fd("ipc", socket.Release(), nobody, settings.get());
    grpc_channel_credentials_release(nobody);
    Bind(grpc_channel_create_call(channel_, nullptr, GRPC_PROPAGATE_DEFAULTS, queue,
                                  grpc_slice_from_static_string(internal::kConnectMethod), nullptr,
                                  gpr_inf_future(GPR_CLOCK_MONOTONIC), nullptr));
    ExchangeHeaders();
    AwaitStatus();
    Open();
  }
  void Leave() override { EndNow(); }

 private:
  void EndNow() override { grpc_call_cancel(call(), nullptr); }
  void ExchangeHeaders() {
    grpc_op exchange[2] = {};
    exchange[0].op = GRPC_OP_SEND_INITIAL_METADATA;
    exchange[1].op = GRPC_OP_RECV_INITIAL_METADATA;
    exchange[1].data.recv_initial_metadata.recv_initial_metadata = &headers_;
    Start(exchange, 2, &exchange_);
  }
  void AwaitStatus() {
    grpc_op await{};
    await.op = GRPC_OP_RECV_STATUS_ON_CLIENT;
    await.data.recv_status_on_client.trailing_metadata = &trailers_;
    await.data.recv_status_on_client.status = &status_;
    await.data.recv_status_on_client.status_details = message_.get();
    Start(&await, 1, &end_of_call_);
  }
  void Finish(const absl::Status& /*reason*/) override {}

  void OnHeaders(bool /*ok*/) {}
  void OnStatus(bool /*ok*/) {
    const std::string_view message(reinterpret_cast<const char*>(message_.data()), message_.size());
    HandleOver(internal::EndOfCall(status_, message));
  }

  grpc_channel* channel_ = nullptr;
  grpc_metadata_array headers_;
  grpc_metadata_array trailers_;
  grpc_status_code status_ = GRPC_STATUS_UNKNOWN;
  internal::Slice message_;
  Operation exchange_{this, static_cast<Operation::Handler>(&ClientStream::OnHeaders)};
  Operation end_of_call_{this, static_cast<Operation::Handler>(&ClientStream::OnStatus)};
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipe>> ConnectGrpcPipe(UniqueFd socket,
                                                      std::shared_ptr<GrpcLoop> loop,
                                                      const Limits& limits) {
  const PipeEnd end(loop->loop().task_runner(), limits);
  auto stream = std::make_shared<ClientStream>(end, *loop);
  stream->Call(std::move(socket));
  return std::make_unique<FramedPipe>(
      end, std::make_unique<internal::BatchLink>(std::move(loop), std::move(stream)));
}

}  // namespace ipc
