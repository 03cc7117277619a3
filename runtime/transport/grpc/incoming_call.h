// The next call of a connection, as long as nobody has taken or refused it; and how a call is told
// its status.
//
// Threads     The loop's.
#pragma once

#include <grpc/grpc.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace ipc::internal {

class IncomingCall {
 public:
  IncomingCall();
  IncomingCall(const IncomingCall&) = delete;
  IncomingCall& operator=(const IncomingCall&) = delete;
  ~IncomingCall();

  // `tag` comes back when there is a call, or the server is shut down.
  void Await(grpc_server* server, grpc_completion_queue* queue, void* tag);

  std::string_view method() const;
  // The first of its headers with this name; empty for none.
  std::string HeaderOf(std::string_view name) const;

  // The caller owns it.
  grpc_call* Take();
  void Refuse(const absl::Status& reason);

 private:
  grpc_call* call_ = nullptr;
  grpc_call_details details_;
  grpc_metadata_array headers_;
};

grpc_slice TextSlice(absl::string_view text);

// The operations that end a call on its server. They borrow `text`, which is the status' message.
class StatusOperations {
 public:
  StatusOperations(const absl::Status& status, const grpc_slice* text);

  // One operation, where the call's headers were sent; else two.
  const grpc_op* alone() const { return &operations_[1]; }
  const grpc_op* with_headers() const { return &operations_[0]; }

 private:
  grpc_op operations_[2] = {};
};

}  // namespace ipc::internal
