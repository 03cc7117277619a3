#include "tests/unit/transport/pipe_harness.h"

#include <dirent.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/support/text_payload.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;

uint8_t PatternAt(size_t index) { return static_cast<uint8_t>(index * 31 + (index >> 8)); }

FrameHeader MakeHeader(FrameKind kind) {
  FrameHeader header;
  header.kind = kind;
  header.payload_kind = PayloadKind::kTyped;
  if (kind == FrameKind::kSend) {
    header.channel = "channel";
  } else {
    header.call_id = CallId(1);
  }
  return header;
}

}  // namespace

Sequence::Sequence(Kind kind) {
  if (kind == Kind::kOwnThread) {
    thread_.emplace();
  } else {
    own_ = *EventLoop::Create();
  }
}

void Sequence::Run(const std::function<void()>& action) {
  if (!thread_) return action();
  thread_->Run(action);
}

bool Sequence::RunUntil(const std::function<bool()>& is_done) {
  const auto deadline = steady_clock::now() + kPatience;
  while (steady_clock::now() < deadline) {
    bool done = false;
    Run([&] { done = is_done(); });
    if (done) return true;
    if (own_) {
      pollfd ready{.fd = own_->fd(), .events = POLLIN};
      poll(&ready, 1, 1);
      own_->Dispatch();
    } else {
      poll(nullptr, 0, 1);
    }
  }
  return false;
}

absl::Status End::Send(std::string_view text) {
  absl::Status sent;
  Run([&] { sent = SendText(*pipe, text); });
  return sent;
}

std::vector<std::string> End::Log() {
  std::vector<std::string> copy;
  Run([&] { copy = log; });
  return copy;
}

std::vector<std::string> End::AwaitLog(size_t entries) {
  EXPECT_TRUE(sequence_->RunUntil([&] { return log.size() >= entries; })) << "waited for the log";
  return Log();
}

bool End::AwaitFrames(size_t count) {
  return sequence_->RunUntil([&] { return frames >= count; });
}

absl::Status End::AwaitEnd() {
  EXPECT_TRUE(sequence_->RunUntil([&] { return is_ended; })) << "waited for OnClosed()";
  absl::Status reason;
  Run([&] { reason = end_reason; });
  return reason;
}

void End::OnEachFrame(std::function<void(const FrameView&)> action) {
  Run([&] { on_frame_ = std::move(action); });
}

void End::OnEnd(std::function<void()> action) {
  Run([&] { on_end_ = std::move(action); });
}

void End::OnFrame(const FrameView& frame) {
  EXPECT_FALSE(is_inside) << "OnFrame() from inside a call";
  EXPECT_FALSE(is_ended) << "OnFrame() after OnClosed()";
  ++frames;
  if (on_frame_) return on_frame_(frame);
  log.push_back(absl::StrCat("frame:", TextOf(frame)));
}

void End::OnWritable() {
  EXPECT_FALSE(is_inside) << "OnWritable() from inside a call";
  log.push_back("writable");
}

void End::OnClosed(const absl::Status& reason) {
  EXPECT_FALSE(is_inside) << "OnClosed() from inside a call";
  EXPECT_FALSE(is_ended) << "OnClosed() twice";
  is_ended = true;
  end_reason = reason;
  log.push_back(absl::StrCat("closed:", absl::StatusCodeToString(reason.code())));
  if (on_end_) on_end_();
}

absl::Status SendText(Pipe& pipe, std::string_view text, FrameKind kind) {
  return pipe.Send(MakeHeader(kind), TextPayload(std::string(text), PayloadKind::kTyped));
}

std::string TextOf(const FrameView& frame) {
  const std::vector<uint8_t> bytes = frame.payload.Joined();
  return std::string(bytes.begin(), bytes.end());
}

void PatternPayload::WriteTo(absl::Span<uint8_t> room) const {
  for (size_t i = 0; i < room.size(); ++i) room[i] = PatternAt(i);
}

bool PatternPayload::Matches(absl::Span<const uint8_t> bytes) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != PatternAt(i)) return false;
  }
  return true;
}

RunPayload::RunPayload(size_t before, size_t run, size_t after)
    : bytes_(before + run + after), before_(before), after_(after) {
  PatternPayload(bytes_.size()).WriteTo(absl::MakeSpan(bytes_));
}

void RunPayload::WriteTo(absl::Span<uint8_t> room) const {
  std::copy(bytes_.begin(), bytes_.end(), room.begin());
}

LargeRun RunPayload::WriteAround(absl::Span<uint8_t> room) const {
  const absl::Span<const uint8_t> bytes = bytes_;
  std::fill(room.begin(), room.end(), uint8_t{0});
  std::copy_n(bytes.begin(), before_, room.begin());
  std::copy_n(bytes.end() - after_, after_, room.end() - after_);
  return {.offset = before_, .bytes = bytes.subspan(before_, bytes.size() - before_ - after_)};
}

absl::Status SendRun(Pipe& pipe, size_t run, size_t before, size_t after) {
  return pipe.Send(MakeHeader(FrameKind::kSend), RunPayload(before, run, after));
}

absl::Status SendPattern(Pipe& pipe, size_t size, FrameKind kind) {
  return pipe.Send(MakeHeader(kind), PatternPayload(size));
}

SocketPair MakeSocketPair() {
  int sockets[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) std::abort();
  return {UniqueFd(sockets[0]), UniqueFd(sockets[1])};
}

SocketPair AcceptUnixSocket() {
  char folder[] = "/tmp/ipc_pipe_test.XXXXXX";
  if (mkdtemp(folder) == nullptr) std::abort();
  sockaddr_un address{.sun_family = AF_UNIX};
  const std::string path = absl::StrCat(folder, "/socket");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);

  UniqueFd listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  UniqueFd client(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (bind(listener.get(), generic, sizeof(address)) != 0 || listen(listener.get(), 1) != 0 ||
      connect(client.get(), generic, sizeof(address)) != 0) {
    std::abort();
  }
  UniqueFd server(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  unlink(path.c_str());
  rmdir(folder);
  return {std::move(server), std::move(client)};
}

size_t CountOpenDescriptors() {
  size_t count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) ++count;
  closedir(folder);
  return count;
}

}  // namespace ipc::testing
