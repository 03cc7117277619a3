// A process without manners at main's front door, played by the test: it says whatever bytes it
// likes, on the raw socket or inside a gRPC stream.
//
// Threads     One, which is not main's: everything here blocks until main has done its part.
// Errors      Throws when it cannot even begin.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/base/unique_fd.h"
#include "runtime/process/hello.h"
#include "runtime/wire/frame.h"

namespace ipc {

// A socket connected to main, before any pipe.
class HostileSocket {
 public:
  explicit HostileSocket(const std::string& path);

  void Write(std::string_view bytes);
  // Says a good hello and reads the welcome.
  Welcome SayHello();
  // Reads a welcome, after whatever was written.
  absl::StatusOr<Welcome> ReadWelcome();
  // Waits until main has hung up.
  void WaitForEnd();

  UniqueFd Take() { return std::move(socket_); }

 private:
  UniqueFd socket_;
};

// The one stream of a connection, as a gRPC client sees it.
class HostileStream {
 public:
  explicit HostileStream(UniqueFd socket);
  HostileStream(const HostileStream&) = delete;
  HostileStream& operator=(const HostileStream&) = delete;
  ~HostileStream();

  // One message, which should be a Batch.
  void Write(std::string_view batch);
  // The next frame that main sends; none when it has ended the stream.
  std::optional<OwnedFrame> Read();
  // Waits until main has ended the stream.
  void WaitForEnd();

 private:
  class Call;
  std::unique_ptr<Call> call_;
};

// A Batch of one frame, whose header need not follow any rule.
std::string Batch(const FrameHeader& header, std::string_view payload = {});
// Of a call with JSON text that nobody has checked.
std::string JsonInvoke(uint64_t call_id, std::string_view channel, std::string_view json);

}  // namespace ipc
