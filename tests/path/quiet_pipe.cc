#include "tests/path/quiet_pipe.h"

#include "runtime/base/check.h"
#include "runtime/wire/batch.h"

namespace ipc {

std::pair<std::unique_ptr<QuietPipe>, std::unique_ptr<QuietPipe>> QuietPipe::MakePair() {
  constexpr size_t kEnough = 1 << 20;
  auto there = std::make_shared<Way>();
  auto back = std::make_shared<Way>();
  for (const auto& way : {there, back}) {
    for (Batch& batch : *way) batch.reserve(kEnough);
  }
  return {std::unique_ptr<QuietPipe>(new QuietPipe(back, there)),
          std::unique_ptr<QuietPipe>(new QuietPipe(there, back))};
}

absl::Status QuietPipe::Send(const FrameHeader& header, const PayloadWriter& payload) {
  if (absl::Status legal = CheckFrame(header, payload.size(), {}); !legal.ok()) return legal;
  Batch& batch = (*out_)[0];
  const size_t size = BatchedFrameSize(header, payload.size());
  const size_t at = batch.size();
  batch.resize(at + size);
  EncodeBatchedFrame(header, payload, absl::MakeSpan(batch).subspan(at));
  return absl::OkStatus();
}

bool QuietPipe::WaitForFrames(MonotonicTime, const std::stop_token&) {
  auto& [filled, read] = *in_;
  if (filled.empty()) return false;
  read.swap(filled);
  BatchReader reader(read);
  while (!reader.is_at_end()) {
    const auto bytes = reader.Next();
    IPC_CHECK(bytes.ok() && bytes->has_value(), "a batch that was not written here");
    const absl::StatusOr<FrameView> frame = DecodeFrame(**bytes);
    IPC_CHECK(frame.ok(), "a frame that was not written here");
    delegate_->OnFrame(*frame);
  }
  read.clear();
  return true;
}

}  // namespace ipc
