// The bytes of the hello on a raw socket: "IPC1", the length in two bytes (big endian), a message.
//
// Main reads what is there and waits on its loop for more; the renderer, which has nothing else to
// do yet, blocks. Both read not one byte beyond the message: what follows belongs to the pipe.
//
// Errors      INVALID_ARGUMENT for bytes that are no hello, OUT_OF_RANGE for a length over the
// limit,
//             each as soon as the bytes show it; UNAVAILABLE when the peer is gone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/monotonic_time.h"

namespace ipc::internal {

inline constexpr std::string_view kHelloMagic = "IPC1";

// One message, in as many pieces as it comes.
class MessageReader {
 public:
  explicit MessageReader(size_t limit) : limit_(limit) {}

  // Takes what `socket` has, without blocking. True when the message is whole.
  absl::StatusOr<bool> ReadFrom(int socket);

  absl::Span<const uint8_t> message() const;  // once it is whole

 private:
  // How many bytes to ask for next, so as never to read too far; 0 when there is nothing to ask.
  size_t wanted() const;
  size_t message_size() const;
  absl::Status CheckPrefix() const;

  size_t limit_;
  std::vector<uint8_t> bytes_;
};

// Writes a message with what stands before it. Never blocks: a hello or a welcome is the first
// thing that its side writes, so it always fits.
absl::Status WriteMessage(int socket, std::string_view message, size_t limit);

// Blocks until a message is whole. DEADLINE_EXCEEDED after `deadline`.
absl::StatusOr<std::vector<uint8_t>> ReadMessage(int socket, size_t limit, MonotonicTime deadline);

}  // namespace ipc::internal
