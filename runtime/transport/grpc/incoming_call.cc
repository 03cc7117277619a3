#include "runtime/transport/grpc/incoming_call.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/transport/grpc/completion.h"

namespace ipc::internal {
namespace {

std::string_view TextOf(const grpc_slice& slice) {
  return {reinterpret_cast<const char*>(GRPC_SLICE_START_PTR(slice)), GRPC_SLICE_LENGTH(slice)};
}

// A call that is not served, until gRPC has told its caller.
class Refusal final : public Completion {
 public:
  explicit Refusal(grpc_call* call) : call_(call) {}

  void Send(const absl::Status& reason) {
    const grpc_slice text = TextSlice(reason.message());
    const StatusOperations send(reason, &text);
    const grpc_call_error error = grpc_call_start_batch(call_, send.with_headers(), 2,
                                                        static_cast<Completion*>(this), nullptr);
    IPC_CHECK(error == GRPC_CALL_OK, "gRPC refuses to refuse");
    grpc_slice_unref(text);
  }

  void OnDone(bool /*ok*/) override {
    grpc_call_unref(call_);
    delete this;
  }

 private:
  grpc_call* const call_;
};

}  // namespace

IncomingCall::IncomingCall() {
  grpc_call_details_init(&details_);
  grpc_metadata_array_init(&headers_);
}

IncomingCall::~IncomingCall() {
  grpc_call_details_destroy(&details_);
  grpc_metadata_array_destroy(&headers_);
}

void IncomingCall::Await(grpc_server* server, grpc_completion_queue* queue, void* tag) {
  grpc_call_details_destroy(&details_);
  grpc_call_details_init(&details_);
  grpc_metadata_array_destroy(&headers_);
  grpc_metadata_array_init(&headers_);
  const grpc_call_error error =
      grpc_server_request_call(server, &call_, &details_, &headers_, queue, queue, tag);
  IPC_CHECK(error == GRPC_CALL_OK, "gRPC refuses to wait for a call");
}

std::string_view IncomingCall::method() const { return TextOf(details_.method); }

std::string IncomingCall::HeaderOf(std::string_view name) const {
  for (size_t i = 0; i < headers_.count; ++i) {
    const grpc_metadata& header = headers_.metadata[i];
    if (TextOf(header.key) == name) return std::string(TextOf(header.value));
  }
  return "";
}

grpc_call* IncomingCall::Take() { return std::exchange(call_, nullptr); }

void IncomingCall::Refuse(const absl::Status& reason) { (new Refusal(Take()))->Send(reason); }

grpc_slice TextSlice(absl::string_view text) {
  return grpc_slice_from_copied_buffer(text.data(), text.size());
}

StatusOperations::StatusOperations(const absl::Status& status, const grpc_slice* text) {
  operations_[0].op = GRPC_OP_SEND_INITIAL_METADATA;
  operations_[1].op = GRPC_OP_SEND_STATUS_FROM_SERVER;
  auto& end = operations_[1].data.send_status_from_server;
  end.status = static_cast<grpc_status_code>(status.code());
  end.status_details = const_cast<grpc_slice*>(text);
}

}  // namespace ipc::internal
