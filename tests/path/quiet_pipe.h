// Two Pipes on one sequence that ask nothing of anybody: no lock, no system call, and memory once.
// What a call costs over them is what it costs above the transport.
//
// Ownership   Each Connection owns its pipe; both share what is between them.
// Threads     One sequence; frames are handed over by WaitForFrames() alone.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/transport/pipe.h"

namespace ipc {

class QuietPipe final : public Pipe {
 public:
  static std::pair<std::unique_ptr<QuietPipe>, std::unique_ptr<QuietPipe>> MakePair();

  void Start(Delegate* delegate) override { delegate_ = delegate; }
  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) override;
  void Close() override {}
  void Abort(const absl::Status&) override {}
  // Hands over what the peer has sent. False when there was nothing.
  bool WaitForFrames(MonotonicTime, const std::stop_token&) override;

 private:
  using Batch = std::vector<uint8_t>;
  using Way = std::array<Batch, 2>;  // being filled, being read

  QuietPipe(std::shared_ptr<Way> in, std::shared_ptr<Way> out)
      : in_(std::move(in)), out_(std::move(out)) {}

  const std::shared_ptr<Way> in_;
  const std::shared_ptr<Way> out_;
  Delegate* delegate_ = nullptr;
};

}  // namespace ipc
