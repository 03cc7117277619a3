// The Link of both ends: the half of a stream that its pipe owns.
#pragma once

#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "runtime/transport/grpc/batch_stream.h"
#include "runtime/transport/grpc/grpc_loop.h"
#include "runtime/transport/link.h"

namespace ipc::internal {

class BatchLink : public Link {
 public:
  BatchLink(std::shared_ptr<GrpcLoop> loop, std::shared_ptr<BatchStream> stream)
      : loop_(std::move(loop)), stream_(std::move(stream)) {}
  ~BatchLink() override;

  void Write(OutboundQuota::Lane lane, size_t size, Encode encode) override {
    stream_->Write(lane, size, encode);
  }
  void Hold() override { stream_->Hold(); }
  void Release() override { stream_->Release(); }
  void Resume() override { stream_->Resume(); }
  void Close() override;
  void Abort(const absl::Status& reason) override { stream_->Abort(reason); }
  PeerTurn RunPeer(MonotonicTime deadline, const std::stop_token& stop_token) override;

 private:
  const std::shared_ptr<GrpcLoop> loop_;
  const std::shared_ptr<BatchStream> stream_;
  bool is_closing_ = false;
};

}  // namespace ipc::internal
