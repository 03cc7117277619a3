// Two ends of a pipe, each on a sequence, whatever is between them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/unique_fd.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"
#include "tests/support/loop_thread.h"

namespace ipc::testing {

// Longer than anything takes under a sanitizer on a busy machine.
inline constexpr std::chrono::seconds kPatience{60};

// A loop on the test's own thread, or on one of its own.
class Sequence {
 public:
  enum class Kind { kThisThread, kOwnThread };

  explicit Sequence(Kind kind);

  std::shared_ptr<TaskRunner> runner() const { return loop()->task_runner(); }
  EventLoop* loop() const { return thread_ ? &thread_->loop() : own_.get(); }

  // Runs `action` on the sequence and waits for it.
  void Run(const std::function<void()>& action);
  // Lets the sequence run until `is_done`, which is asked there. False: not in time.
  bool RunUntil(const std::function<bool()>& is_done);

 private:
  std::unique_ptr<EventLoop> own_;
  std::optional<LoopThread> thread_;
};

// One end of a pipe and all that it was told. Used on its sequence, but for what says otherwise.
class End final : public Pipe::Delegate {
 public:
  explicit End(std::shared_ptr<Sequence> sequence) : sequence_(std::move(sequence)) {}
  ~End() {
    sequence_->Run([this] { pipe.reset(); });
  }

  Sequence& sequence() const { return *sequence_; }

  // From the test's thread.
  void Run(const std::function<void()>& action) { sequence_->Run(action); }
  void Start() {
    Run([this] { pipe->Start(this); });
  }
  absl::Status Send(std::string_view text);
  // "frame:TEXT", "writable", "closed:CODE"
  std::vector<std::string> Log();
  // Waits for so many entries, and gives what there is then.
  std::vector<std::string> AwaitLog(size_t entries);
  bool AwaitFrames(size_t count);
  // The reason given to OnClosed().
  absl::Status AwaitEnd();

  // Pipe::Delegate.
  void OnFrame(const FrameView& frame) override;
  void OnWritable() override;
  void OnClosed(const absl::Status& reason) override;

  // Set on the sequence: a race detector does not see the way through the socket.
  void OnEachFrame(std::function<void(const FrameView&)> action);  // instead of the log
  void OnEnd(std::function<void()> action);

  std::unique_ptr<Pipe> pipe;
  std::vector<std::string> log;
  size_t frames = 0;
  bool is_inside = false;  // set around calls that must not call back
  absl::Status end_reason;
  bool is_ended = false;

 private:
  const std::shared_ptr<Sequence> sequence_;
  std::function<void(const FrameView&)> on_frame_;
  std::function<void()> on_end_;
};

// One frame with `text` as its payload.
absl::Status SendText(Pipe& pipe, std::string_view text, FrameKind kind = FrameKind::kSend);
std::string TextOf(const FrameView& frame);

// A payload of `size` bytes that all differ from those beside them.
class PatternPayload final : public PayloadWriter {
 public:
  explicit PatternPayload(size_t size) : size_(size) {}

  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return size_; }
  void WriteTo(absl::Span<uint8_t> room) const override;
  static bool Matches(absl::Span<const uint8_t> bytes);

 private:
  const size_t size_;
};

// The same pattern, all but `before` and `after` of it being a run of bytes that the sender has.
class RunPayload final : public PayloadWriter {
 public:
  RunPayload(size_t before, size_t run, size_t after);

  PayloadKind kind() const override { return PayloadKind::kTyped; }
  size_t size() const override { return bytes_.size(); }
  void WriteTo(absl::Span<uint8_t> room) const override;
  LargeRun WriteAround(absl::Span<uint8_t> room) const override;

 private:
  std::vector<uint8_t> bytes_;
  const size_t before_;
  const size_t after_;
};

absl::Status SendRun(Pipe& pipe, size_t run, size_t before = 10, size_t after = 10);
absl::Status SendPattern(Pipe& pipe, size_t size, FrameKind kind = FrameKind::kSend);

// Two connected sockets.
struct SocketPair {
  UniqueFd left;
  UniqueFd right;
};
SocketPair MakeSocketPair();
SocketPair AcceptUnixSocket();

size_t CountOpenDescriptors();

}  // namespace ipc::testing
