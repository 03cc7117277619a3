#include "runtime/transport/grpc/library.h"

#include <grpc/grpc.h>

#include <mutex>

namespace ipc::internal {

void KeepGrpcUp() {
  static std::once_flag is_up;
  std::call_once(is_up, grpc_init);
}

}  // namespace ipc::internal
