#include "runtime/transport/grpc/batch_link.h"

#include <chrono>
#include <cstdint>
#include <utility>

#include "runtime/base/monotonic_time.h"

namespace ipc::internal {
namespace {

// Long enough for any peer that is alive, short enough for a person not to see it.
constexpr milliseconds kLinger{250};

}  // namespace

void BatchLink::Write(OutboundQuota::Lane lane, size_t size, Encode encode) {
  grpc::Slice slice(size);
  // Nobody else has this slice yet: it is written once, here.
  encode({const_cast<uint8_t*>(slice.begin()), slice.size()});
  stream_->Write(lane, std::move(slice));
}

void BatchLink::Close() {
  is_closing_ = true;
  stream_->Close();
}

void BatchLink::Linger() {
  if (is_closing_) stream_->WaitUntilDone(std::chrono::steady_clock::now() + kLinger);
}

}  // namespace ipc::internal
