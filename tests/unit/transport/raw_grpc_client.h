// A gRPC client that knows nothing of pipes: what a peer in another language, or a hostile one, is.
// It blocks in each call, and gives up with the test's patience.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "runtime/base/unique_fd.h"

namespace ipc::testing {

class RawGrpcClient {
 public:
  enum class Compression { kNone, kGzip };

  explicit RawGrpcClient(UniqueFd socket);
  ~RawGrpcClient();

  // Opens a stream; the one before must have finished.
  void Call(const std::string& method, const std::map<std::string, std::string>& metadata = {},
            Compression compression = Compression::kNone);
  // False when the stream is broken.
  bool Write(const std::string& message);
  std::string Read();
  void HalfClose();
  // Reads on until the server's status is there.
  absl::Status Finish();

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace ipc::testing
