// The Link of both ends: hands encoded frames to the stream in a slice of its own each.
#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/link.h"

namespace ipc::internal {

class BatchLink : public Link {
 public:
  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override;
  void Resume() override { stream_->Resume(); }
  void Close() override;
  void Abort(const absl::Status& reason) override { stream_->Abort(reason); }

 protected:
  // `stream` belongs to the derived class.
  explicit BatchLink(BatchStream* stream) : stream_(stream) {}

  // After Close(), gives the peer a moment to take what it was sent: gRPC drops what it has not
  // delivered when the connection goes.
  void Linger();

 private:
  BatchStream* const stream_;
  bool is_closing_ = false;
};

}  // namespace ipc::internal
