// Main's end: a server without a port, given this one socket, that takes one call.
#include <fcntl.h>
#include <grpc/grpc.h>
#include <grpc/grpc_posix.h>
#include <grpc/grpc_security.h>

#include <cerrno>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/grpc/batch_link.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/grpc/connection_watch.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/grpc/incoming_call.h"
#include "runtime/transport/grpc/settings.h"
#include "runtime/transport/grpc/status.h"

namespace ipc {
namespace {

using internal::BatchStream;
using internal::IncomingCall;

class ServerStream final : public BatchStream {
 public:
  using Admit = std::function<absl::Status(const GrpcClientHello&)>;

  ServerStream(const PipeEnd& end, GrpcLoop& loop, Admit admit)
      : BatchStream(end, loop, Ending::kFinish),
        must_admit_(admit != nullptr),
        admit_(std::move(admit)),
        watch_(loop.loop(), end) {}

  ~ServerStream() override {
    if (server_ != nullptr) grpc_server_destroy(server_);
  }

  absl::Status Serve(UniqueFd socket, UniqueFd watched) {
    grpc_completion_queue* const queue = loop().queue();
    const internal::Settings settings(end().limits);
    server_ = grpc_server_create(settings.get(), nullptr);
    grpc_server_register_completion_queue(server_, queue, nullptr);
    grpc_server_start(server_);
    AwaitCall();
    grpc_server_credentials* const anybody = grpc_insecure_server_credentials_create();
    grpc_server_add_channel_from_fd(server_, socket.Release(), anybody);
    grpc_server_credentials_release(anybody);
    return watch_.Start(std::move(watched));
  }

  // A call that has ended in order leaves a connection whose other end may still read: gRPC makes
  // sure of that before it closes. Another is ended now, whatever the peer does.
  void Leave() override {
    watch_.Stop();
    admit_ = nullptr;
    has_left_ = true;
    const bool is_in_order = is_done() && is_bound() && is_cancelled_ == 0;
    grpc_server_shutdown_and_notify(server_, loop().queue(), shutdown_.Begin());
    if (!is_in_order) return EndNow();
    EventLoop& timers = loop().loop();
    timers.StartTimer(timers.Now() + internal::kLinger, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) static_cast<ServerStream&>(*self).EndNow();
    });
  }

 private:
  void EndNow() override { grpc_server_cancel_all_calls(server_); }
  void AwaitCall() { incoming_.Await(server_, loop().queue(), request_.Begin()); }

  void OnCall(bool ok) {
    if (!ok || has_left_) return;  // the server is shut down
    if (incoming_.method() != internal::kConnectMethod) {
      incoming_.Refuse(absl::UnimplementedError("the only method is ipc.wire.Pipe/Connect"));
    } else if (is_bound()) {
      incoming_.Refuse(absl::ResourceExhaustedError("a connection has one Connect call"));
    } else {
      Accept();
    }
    AwaitCall();
  }

  void Accept() {
    watch_.Stop();
    GrpcClientHello hello{incoming_.HeaderOf("ipc-role"), incoming_.HeaderOf("ipc-token")};
    if (hello.role.empty()) hello.role = "renderer";
    Bind(incoming_.Take());
    AwaitEndOfCall();
    if (!must_admit_) return OpenWithHeaders();
    end().runner->Post(
        [weak = weak_from_this(), hello = std::move(hello)] { AskToAdmit(weak, hello); });
  }

  // Asked, the application may destroy the pipe: nothing keeps this alive meanwhile, or the last
  // owner of the GrpcLoop would wait for it.
  static void AskToAdmit(const std::weak_ptr<BatchStream>& weak, const GrpcClientHello& hello) {
    const Admit admit = TakeAdmit(weak.lock());
    if (!admit) return;
    const absl::Status admitted = admit(hello);
    if (const auto self = weak.lock()) static_cast<ServerStream&>(*self).OnAdmitted(admitted);
  }
  static Admit TakeAdmit(const std::shared_ptr<BatchStream>& self) {
    return self ? std::move(static_cast<ServerStream&>(*self).admit_) : nullptr;
  }
  void OnAdmitted(const absl::Status& admitted) {
    if (has_left_) return;
    if (admitted.ok()) return OpenWithHeaders();
    Abort(admitted);
    end().inbox->Abort(admitted);
  }

  void AwaitEndOfCall() {
    grpc_op await{};
    await.op = GRPC_OP_RECV_CLOSE_ON_SERVER;
    await.data.recv_close_on_server.cancelled = &is_cancelled_;
    Start(&await, 1, &end_of_call_);
  }

  void OpenWithHeaders() {
    if (std::exchange(has_sent_headers_, true)) return;
    grpc_op send{};
    send.op = GRPC_OP_SEND_INITIAL_METADATA;
    Start(&send, 1, &headers_);
    Open();
  }

  void Finish(const absl::Status& reason) override {
    const grpc_slice text = internal::TextSlice(reason.message());
    internal::StatusOperations send(reason, &text);
    const bool needs_headers = !std::exchange(has_sent_headers_, true);
    Start(needs_headers ? send.with_headers() : send.alone(), needs_headers ? 2 : 1,
          finish_operation());
    grpc_slice_unref(text);
  }

  void OnHeaders(bool /*ok*/) {}
  void OnShutdown(bool /*ok*/) {}
  void OnEndOfCall(bool /*ok*/) {
    HandleOver(is_cancelled_ != 0 ? internal::LostError() : absl::OkStatus());
  }

  static Operation::Handler As(void (ServerStream::*handler)(bool)) {
    return static_cast<Operation::Handler>(handler);
  }

  const bool must_admit_;
  Admit admit_;  // empty once it was asked
  bool has_left_ = false;
  bool has_sent_headers_ = false;
  int is_cancelled_ = 0;
  grpc_server* server_ = nullptr;
  IncomingCall incoming_;
  internal::ConnectionWatch watch_;
  Operation request_{this, As(&ServerStream::OnCall)};
  Operation headers_{this, As(&ServerStream::OnHeaders)};
  Operation end_of_call_{this, As(&ServerStream::OnEndOfCall)};
  Operation shutdown_{this, As(&ServerStream::OnShutdown)};
};

}  // namespace

absl::StatusOr<std::unique_ptr<Pipe>> ServeGrpcPipe(UniqueFd socket, std::shared_ptr<GrpcLoop> loop,
                                                    GrpcServerOptions options) {
  // gRPC reads until it would block, on whichever thread it is: here first.
  const int flags = fcntl(socket.get(), F_GETFL);
  if (flags < 0 || fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0) {
    return absl::ErrnoToStatus(errno, "fcntl(O_NONBLOCK)");
  }
  UniqueFd watched(fcntl(socket.get(), F_DUPFD_CLOEXEC, 0));
  if (!watched.is_valid()) return absl::ErrnoToStatus(errno, "fcntl(F_DUPFD_CLOEXEC)");
  const PipeEnd end(loop->loop().task_runner(), options.limits);
  auto stream = std::make_shared<ServerStream>(end, *loop, std::move(options.admit));
  auto link = std::make_unique<internal::BatchLink>(std::move(loop), stream);
  absl::Status served = stream->Serve(std::move(socket), std::move(watched));
  if (!served.ok()) return served;
  return std::make_unique<FramedPipe>(end, std::move(link));
}

}  // namespace ipc
