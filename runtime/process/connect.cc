#include "runtime/process/connect.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "runtime/process/child_process.h"
#include "runtime/process/hello.h"
#include "runtime/process/internal/handshake.h"
#include "runtime/process/internal/unix_address.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/shm/shm_pipe.h"

namespace ipc {
namespace {

bool IsSocket(int fd) {
  struct stat info;
  return fstat(fd, &info) == 0 && S_ISSOCK(info.st_mode);
}

// connect() on a unix socket waits only for room in the listener's queue, and this long.
absl::Status LimitSending(int socket, MonotonicTime deadline) {
  using std::chrono::microseconds;
  const auto left =
      std::chrono::duration_cast<microseconds>(deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) return absl::DeadlineExceededError("no time left to connect");
  constexpr int64_t kSecond = 1'000'000;
  const int64_t limit = std::min<int64_t>(left.count(), INT32_MAX * kSecond);
  const timeval time{.tv_sec = limit / kSecond, .tv_usec = limit % kSecond};
  if (setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) == 0) return absl::OkStatus();
  return absl::ErrnoToStatus(errno, "SO_SNDTIMEO");
}

bool Has(const std::vector<PipeKind>& kinds, PipeKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// What the two sides have told each other.
struct Exchanged {
  Welcome welcome;
  std::vector<PipeKind> offered;
  std::optional<OwnRegion> own;  // where shared memory was offered
  UniqueFd peer;                 // what came with the welcome
};

// What goes with the hello for shared memory, if that is offered, and can be had.
absl::StatusOr<UniqueFd> OfferMemory(const ConnectOptions& options, Exchanged& exchanged) {
  exchanged.offered = options.pipes;
  if (!Has(options.pipes, PipeKind::kSharedMemory)) return UniqueFd();
  absl::StatusOr<OwnRegion::Created> created = OwnRegion::Create();
  if (created.ok()) {
    exchanged.own.emplace(std::move(created->region));
    return std::move(created->fd);
  }
  exchanged.offered = WithoutSharedMemory(options.pipes);
  if (exchanged.offered.empty()) return NoSharedMemory(created.status());
  if (options.on_no_memory) options.on_no_memory(created.status());
  return UniqueFd();
}

absl::StatusOr<Exchanged> ExchangeHello(int socket, const ConnectOptions& options) {
  const MonotonicTime deadline = std::chrono::steady_clock::now() + options.limits.hello_timeout;
  const size_t limit = options.limits.hello_bytes;
  Exchanged exchanged;
  const absl::StatusOr<UniqueFd> descriptor = OfferMemory(options, exchanged);
  if (!descriptor.ok()) return descriptor.status();
  Hello hello;
  hello.role = options.role;
  hello.token = options.token;
  hello.schemas = options.schemas;
  hello.pipes = exchanged.offered;
  absl::Status sent = internal::WriteMessage(socket, EncodeHello(hello), limit, *descriptor);
  if (!sent.ok()) return sent;

  absl::StatusOr<internal::Message> answer = internal::ReadMessage(socket, limit, deadline);
  if (!answer.ok()) return answer.status();
  absl::StatusOr<Welcome> welcome = DecodeWelcome(answer->bytes);
  if (!welcome.ok()) return welcome.status();
  exchanged.welcome = *std::move(welcome);
  exchanged.peer = std::move(answer->descriptor);
  return exchanged;
}

absl::StatusOr<std::unique_ptr<Pipe>> MakePipe(UniqueFd socket, EventLoop& loop,
                                               Exchanged exchanged, const ConnectOptions& options) {
  const PipeKind kind = exchanged.welcome.pipe;
  if (!Has(exchanged.offered, kind)) {
    return absl::InternalError("main chose a pipe that was not offered");
  }
  if (kind == PipeKind::kGrpc) {
    return ConnectGrpcPipe(std::move(socket), GrpcLoop::Create(loop), options.limits);
  }
  if (kind != PipeKind::kSharedMemory || !exchanged.peer.is_valid()) {
    return absl::InternalError("main chose shared memory and sent none");
  }
  absl::StatusOr<PeerRegion> peer = PeerRegion::Map(exchanged.peer);
  if (!peer.ok()) return peer.status();
  return MakeShmPipe(loop, std::move(socket), *std::move(exchanged.own), *std::move(peer),
                     options.limits);
}

}  // namespace

absl::StatusOr<UniqueFd> TakeInheritedSocket() {
  const char* variable = std::getenv(kRendererFdVariable);
  if (variable == nullptr) {
    return absl::NotFoundError(
        absl::StrCat(kRendererFdVariable, " is not set: no main process launched this one"));
  }
  const std::string text = variable;
  unsetenv(kRendererFdVariable);
  int fd = -1;
  if (!absl::SimpleAtoi(text, &fd) || !IsSocket(fd)) {
    return absl::InvalidArgumentError(
        absl::StrCat(kRendererFdVariable, " is '", text, "', which is no socket of this process"));
  }
  UniqueFd socket(fd);
  if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return absl::ErrnoToStatus(errno, "FD_CLOEXEC");
  return socket;
}

absl::StatusOr<UniqueFd> ConnectToPath(const std::string& path, MonotonicTime deadline) {
  const absl::StatusOr<internal::UnixAddress> address = internal::MakeUnixAddress(path);
  if (!address.ok()) return address.status();
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket.is_valid()) return absl::ErrnoToStatus(errno, "socket");
  do {
    if (absl::Status status = LimitSending(socket.get(), deadline); !status.ok()) return status;
    if (connect(socket.get(), address->get(), address->size()) == 0) return socket;
  } while (errno == EINTR);
  if (errno == EAGAIN) {
    return absl::DeadlineExceededError(absl::StrCat("'", path, "' accepts nobody in time"));
  }
  if (errno == ECONNREFUSED || errno == ENOENT) {
    return absl::UnavailableError(absl::StrCat("nobody listens on '", path, "'"));
  }
  return absl::ErrnoToStatus(errno, absl::StrCat("'", path, "'"));
}

absl::StatusOr<MainConnection> ConnectToMain(UniqueFd socket, EventLoop& loop,
                                             const ConnectOptions& options) {
  absl::StatusOr<Exchanged> exchanged = ExchangeHello(socket.get(), options);
  if (!exchanged.ok()) return exchanged.status();
  const Welcome welcome = exchanged->welcome;
  if (!welcome.status.ok()) return welcome.status;
  if (absl::Status status = CheckVersions(kProtocolVersion, welcome.version); !status.ok()) {
    return status;
  }
  auto pipe = MakePipe(std::move(socket), loop, *std::move(exchanged), options);
  if (!pipe.ok()) return pipe.status();
  return MainConnection{*std::move(pipe), welcome.web_contents_id, welcome.embedder_id};
}

}  // namespace ipc
