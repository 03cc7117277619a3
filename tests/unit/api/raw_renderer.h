// A renderer without manners: it says hello at main's front door, then whatever frames its script
// likes, on a thread of its own.
//
// Ownership   Destroying a RawRenderer joins its thread: drive main's loop until is_done() first.
// Threads     The script, and what it calls on its RawPeer: the thread. is_done(): any.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "runtime/base/event_loop.h"
#include "runtime/transport/pipe.h"

namespace ipc {

// The renderer as its script sees it. It reads nothing but while it waits.
class RawPeer final : private Pipe::Delegate {
 public:
  // Comes in, or throws.
  explicit RawPeer(const std::string& socket_path);

  absl::Status Send(FrameHeader header, const PayloadWriter& payload = EmptyPayload()) {
    header.payload_kind = payload.kind();
    return pipe_->Send(header, payload);
  }
  // Runs the loop until `is_done`, or the end of the connection.
  void RunUntil(const std::function<bool()>& is_done);
  void RunUntilClosed() {
    RunUntil([] { return false; });
  }

  // How many frames of this kind main has sent.
  size_t count(FrameKind kind) { return counts_[kind]; }
  // What the last reply ended its call with.
  const absl::Status& last_end() const { return last_end_; }

 private:
  void OnFrame(const FrameView& frame) override;
  void OnWritable() override {}
  void OnClosed(const absl::Status&) override { is_closed_ = true; }

  std::unique_ptr<EventLoop> loop_;
  std::unique_ptr<Pipe> pipe_;
  std::map<FrameKind, size_t> counts_;
  absl::Status last_end_;
  bool is_closed_ = false;
};

class RawRenderer {
 public:
  // `main_loop` is woken when the script is over.
  RawRenderer(EventLoop& main_loop, std::string socket_path, std::function<void(RawPeer&)> script);

  bool is_done() const { return is_done_; }

 private:
  std::atomic<bool> is_done_ = false;
  std::jthread thread_;
};

// A frame with a call id and a channel, as far as its kind has them.
FrameHeader Header(FrameKind kind, uint64_t call_id, std::string_view channel = {});

}  // namespace ipc
