#include "tests/unit/api/raw_renderer.h"

#include <poll.h>

#include <stdexcept>
#include <utility>

#include "gtest/gtest.h"
#include "runtime/base/strings.h"
#include "runtime/process/connect.h"

namespace ipc {
namespace {

template <typename T>
T ValueOrThrow(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

}  // namespace

RawPeer::RawPeer(const std::string& socket_path) : loop_(ValueOrThrow(EventLoop::Create())) {
  ConnectOptions options;
  options.role = "renderer";
  options.limits.inbound_bytes = 1;
  UniqueFd socket = ValueOrThrow(ConnectToPath(socket_path, loop_->Now() + milliseconds(5000)));
  pipe_ = ValueOrThrow(ConnectToMain(std::move(socket), *loop_, options)).pipe;
  pipe_->Start(this);
}

void RawPeer::RunUntil(const std::function<bool()>& is_done) {
  while (!is_closed_ && !is_done()) {
    pollfd ready{.fd = loop_->fd(), .events = POLLIN, .revents = 0};
    if (poll(&ready, 1, 10'000) == 0) throw std::runtime_error("main is silent");
    loop_->Dispatch();
  }
}

void RawPeer::OnFrame(const FrameView& frame) {
  ++counts_[frame.header.kind];
  if (frame.header.kind != FrameKind::kReply) return;
  last_end_ = absl::Status(static_cast<absl::StatusCode>(frame.header.status),
                           ToAbsl(frame.header.status_message));
}

RawRenderer::RawRenderer(EventLoop& main_loop, std::string socket_path,
                         std::function<void(RawPeer&)> script)
    : thread_([this, runner = main_loop.task_runner(), socket_path = std::move(socket_path),
               script = std::move(script)] {
        try {
          RawPeer peer(socket_path);
          script(peer);
        } catch (const std::exception& error) {
          ADD_FAILURE() << error.what();
        }
        is_done_ = true;
        runner->Post([] {});
      }) {}

FrameHeader Header(FrameKind kind, uint64_t call_id, std::string_view channel) {
  FrameHeader header;
  header.kind = kind;
  header.call_id = CallId(call_id);
  header.channel = channel;
  return header;
}

}  // namespace ipc
