#include "runtime/process/accept.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/process/choose_pipe.h"
#include "runtime/process/internal/handshake.h"
#include "runtime/transport/grpc/grpc_loop.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/shm/shm_pipe.h"

namespace ipc {
namespace {

constexpr std::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

// What an application says when it refuses somebody has to fit into a Welcome.
constexpr size_t kMaxReasonBytes = 1024;

// How long a refused gRPC client has for its status, which leaves on gRPC's threads: until then
// the connection stays.
constexpr milliseconds kGoodbye{250};

// Looks without taking. As much of the preface as is there decides: gRPC checks the rest.
bool BeginsWithHttp2(int socket) {
  std::array<char, kHttp2Preface.size()> first;
  const ssize_t size = recv(socket, first.data(), first.size(), MSG_PEEK | MSG_DONTWAIT);
  return size > 0 && kHttp2Preface.starts_with({first.data(), static_cast<size_t>(size)});
}

absl::Status Shortened(const absl::Status& status) {
  std::string_view reason(status.message().data(), status.message().size());
  if (reason.size() <= kMaxReasonBytes) return status;
  size_t size = kMaxReasonBytes;
  // Not through the middle of a UTF-8 character.
  while (size > 0 && (static_cast<unsigned char>(reason[size]) & 0xc0) == 0x80) --size;
  reason = reason.substr(0, size);
  return absl::Status(status.code(), {reason.data(), reason.size()});
}

}  // namespace

class Acceptance::Impl {
 public:
  Impl(EventLoop& loop, UniqueFd socket, const AcceptOptions& options, Done done);
  ~Impl() { StopWaiting(); }

 private:
  using Outcome = absl::StatusOr<Arrival>;

  void OnReadable();

  // A renderer, whose hello is whole.
  Outcome Greet();
  std::shared_ptr<GrpcLoop> SharedGrpc() const;
  absl::StatusOr<Welcome> Decide(const Hello& hello) const;
  absl::StatusOr<std::unique_ptr<Pipe>> ServeGrpc(const Welcome& welcome);
  absl::StatusOr<std::unique_ptr<Pipe>> ShareMemory(const Welcome& welcome, const Hello& hello);
  absl::StatusOr<std::unique_ptr<Pipe>> DoWithoutMemory(const absl::Status& why, Welcome welcome,
                                                        const Hello& hello);
  absl::Status Answer(const Welcome& welcome, const UniqueFd& descriptor = {});
  // Tells the renderer `reason`, and returns it.
  absl::Status Refuse(const absl::Status& reason);

  // A gRPC client: HTTP/2 first, then its metadata say who it is.
  void ServeGrpcClient();
  absl::Status AdmitGrpcClient(const GrpcClientHello& client);

  void StopWaiting();
  void Finish(Outcome outcome);  // may destroy this
  void FinishFromTheLoop(MonotonicTime when, Outcome outcome);

  EventLoop& loop_;
  UniqueFd socket_;
  const AcceptOptions options_;
  Done done_;
  PeerCredentials peer_;
  internal::MessageReader reader_;
  bool is_hello_ = false;
  std::unique_ptr<Pipe> pipe_;  // a gRPC client's, until it is admitted
  TimerId timer_;
  WatchId watch_;
};

Acceptance::Impl::Impl(EventLoop& loop, UniqueFd socket, const AcceptOptions& options, Done done)
    : loop_(loop),
      socket_(std::move(socket)),
      options_(options),
      done_(std::move(done)),
      reader_(options.limits.hello_bytes) {
  const absl::StatusOr<PeerCredentials> peer = GetPeerCredentials(socket_.get());
  const auto watch = loop_.Watch(socket_.get(), EPOLLIN, [this](uint32_t) { OnReadable(); });
  if (!peer.ok() || !watch.ok()) {
    FinishFromTheLoop(loop_.Now(), peer.ok() ? watch.status() : peer.status());
    return;
  }
  peer_ = *peer;
  watch_ = *watch;
  const milliseconds timeout = options_.limits.hello_timeout;
  timer_ = loop_.StartTimer(loop_.Now() + timeout, [this, timeout] {
    Finish(absl::DeadlineExceededError(absl::StrCat("no hello within ", timeout.count(), " ms")));
  });
}

void Acceptance::Impl::OnReadable() {
  if (!is_hello_ && BeginsWithHttp2(socket_.get())) return ServeGrpcClient();
  is_hello_ = true;
  const absl::StatusOr<bool> whole = reader_.ReadFrom(socket_.get());
  if (!whole.ok()) return Finish(whole.status());
  if (*whole) Finish(Greet());
}

Acceptance::Impl::Outcome Acceptance::Impl::Greet() {
  absl::StatusOr<Hello> hello = DecodeHello(reader_.message());
  const absl::StatusOr<Welcome> welcome = hello.ok() ? Decide(*hello) : hello.status();
  if (!welcome.ok()) return Refuse(welcome.status());
  auto pipe = welcome->pipe == PipeKind::kSharedMemory ? ShareMemory(*welcome, *hello)
                                                       : ServeGrpc(*welcome);
  if (!pipe.ok()) return pipe.status();
  return Arrival{
      {welcome->web_contents_id, welcome->embedder_id}, *std::move(hello), peer_, *std::move(pipe)};
}

std::shared_ptr<GrpcLoop> Acceptance::Impl::SharedGrpc() const {
  return options_.grpc ? options_.grpc : ShareGrpc(loop_);
}

absl::StatusOr<Welcome> Acceptance::Impl::Decide(const Hello& hello) const {
  if (absl::Status status = CheckVersions(hello.version, kProtocolVersion); !status.ok()) {
    return status;
  }
  const absl::StatusOr<PipeKind> pipe = ChoosePipe(hello.pipes, options_.pipes);
  if (!pipe.ok()) return pipe.status();
  const absl::StatusOr<Admission> admission = options_.admit(hello, peer_);
  if (!admission.ok()) return admission.status();
  return Welcome{
      .pipe = *pipe, .web_contents_id = admission->id, .embedder_id = admission->embedder_id};
}

absl::StatusOr<std::unique_ptr<Pipe>> Acceptance::Impl::ServeGrpc(const Welcome& welcome) {
  if (absl::Status status = Answer(welcome); !status.ok()) return status;
  StopWaiting();  // before the socket is another's
  return ServeGrpcPipe(std::move(socket_), SharedGrpc(),
                       GrpcServerOptions{.limits = options_.limits, .admit = {}});
}

absl::StatusOr<std::unique_ptr<Pipe>> Acceptance::Impl::ShareMemory(const Welcome& welcome,
                                                                    const Hello& hello) {
  const UniqueFd theirs = reader_.TakeDescriptor();
  if (!theirs.is_valid()) {
    return Refuse(absl::InvalidArgumentError("the hello offers shared memory and brings none"));
  }
  absl::StatusOr<PeerRegion> peer = PeerRegion::Map(theirs);
  if (!peer.ok()) return Refuse(peer.status());
  absl::StatusOr<OwnRegion::Created> own = OwnRegion::Create();
  if (!own.ok()) return DoWithoutMemory(own.status(), welcome, hello);
  if (absl::Status status = Answer(welcome, own->fd); !status.ok()) return status;
  StopWaiting();  // before the socket is another's
  return MakeShmPipe(loop_, std::move(socket_), std::move(own->region), *std::move(peer),
                     options_.limits);
}

absl::StatusOr<std::unique_ptr<Pipe>> Acceptance::Impl::DoWithoutMemory(const absl::Status& why,
                                                                        Welcome welcome,
                                                                        const Hello& hello) {
  const absl::StatusOr<PipeKind> other =
      ChoosePipe(WithoutSharedMemory(hello.pipes), WithoutSharedMemory(options_.pipes));
  if (!other.ok()) return Refuse(NoSharedMemory(why));
  if (options_.on_no_memory) options_.on_no_memory(why);
  welcome.pipe = *other;
  return ServeGrpc(welcome);
}

absl::Status Acceptance::Impl::Answer(const Welcome& welcome, const UniqueFd& descriptor) {
  return internal::WriteMessage(socket_.get(), EncodeWelcome(welcome), options_.limits.hello_bytes,
                                descriptor);
}

absl::Status Acceptance::Impl::Refuse(const absl::Status& reason) {
  // Whether the refused one still hears it does not matter.
  Answer(Welcome{.status = Shortened(reason)}).IgnoreError();
  return reason;
}

void Acceptance::Impl::ServeGrpcClient() {
  if (!options_.allow_grpc_clients) {
    return Finish(absl::PermissionDeniedError("a gRPC client, and main serves none here"));
  }
  loop_.Unwatch(std::exchange(watch_, {}));
  auto pipe = ServeGrpcPipe(
      std::move(socket_), SharedGrpc(),
      GrpcServerOptions{.limits = options_.limits, .admit = [this](const GrpcClientHello& client) {
                          return AdmitGrpcClient(client);
                        }});
  if (!pipe.ok()) return Finish(pipe.status());
  pipe_ = *std::move(pipe);
}

absl::Status Acceptance::Impl::AdmitGrpcClient(const GrpcClientHello& client) {
  Hello hello;
  hello.role = client.role;
  hello.token = client.token;
  const absl::StatusOr<Admission> admission = options_.admit(hello, peer_);
  if (!admission.ok()) {
    FinishFromTheLoop(loop_.Now() + kGoodbye, admission.status());
  } else {
    FinishFromTheLoop(loop_.Now(), Arrival{*admission, std::move(hello), peer_, std::move(pipe_)});
  }
  return admission.status();
}

void Acceptance::Impl::StopWaiting() {
  loop_.Unwatch(std::exchange(watch_, {}));
  loop_.CancelTimer(std::exchange(timer_, {}));
}

void Acceptance::Impl::Finish(Outcome outcome) {
  StopWaiting();
  Done done = std::move(done_);
  done(std::move(outcome));
}

void Acceptance::Impl::FinishFromTheLoop(MonotonicTime when, Outcome outcome) {
  StopWaiting();
  timer_ = loop_.StartTimer(
      when, [this, outcome = std::move(outcome)]() mutable { Finish(std::move(outcome)); });
}

Acceptance::Acceptance(EventLoop& loop, UniqueFd socket, const AcceptOptions& options, Done done)
    : impl_(std::make_unique<Impl>(loop, std::move(socket), options, std::move(done))) {}
Acceptance::~Acceptance() = default;

std::shared_ptr<GrpcLoop> ShareGrpc(EventLoop& loop) { return GrpcLoop::Create(loop); }

}  // namespace ipc
