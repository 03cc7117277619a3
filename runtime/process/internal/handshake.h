// The bytes of the hello on a raw socket: "IPC1", the length in two bytes (big endian), a message.
//
// With it may come one descriptor, of memory to share. Main reads what is there and waits on its
// loop for more; the renderer, which has nothing else to do yet, blocks. Both read not one byte
// beyond the message: what follows belongs to the pipe.
//
// Errors      INVALID_ARGUMENT for bytes that are no hello and for more than one descriptor,
//             OUT_OF_RANGE for a length over the limit, each as soon as it shows; UNAVAILABLE when
//             the peer is gone.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/unique_fd.h"

namespace ipc::internal {

inline constexpr std::string_view kHelloMagic = "IPC1";

// One message, in as many pieces as it comes.
class MessageReader {
 public:
  explicit MessageReader(size_t limit) : limit_(limit) {}

  // Takes what `socket` has, without blocking. True when the message is whole.
  absl::StatusOr<bool> ReadFrom(int socket);

  absl::Span<const uint8_t> message() const;  // once it is whole
  // What came with it; invalid when nothing did.
  UniqueFd TakeDescriptor() { return std::move(descriptor_); }

 private:
  // How many bytes to ask for next, so as never to read too far; 0 when there is nothing to ask.
  size_t wanted() const;
  size_t message_size() const;
  absl::Status CheckPrefix() const;
  // As recv(), keeping the descriptor that comes along. False: there was one too many.
  bool Receive(int socket, uint8_t* to, size_t room, ssize_t& got);

  size_t limit_;
  std::vector<uint8_t> bytes_;
  UniqueFd descriptor_;
};

// Writes a message with what stands before it, and a copy of `descriptor` beside it where that is
// valid. Never blocks: a hello or a welcome is the first thing that its side writes, so it always
// fits.
absl::Status WriteMessage(int socket, std::string_view message, size_t limit,
                          const UniqueFd& descriptor = {});

struct Message {
  std::vector<uint8_t> bytes;
  UniqueFd descriptor;  // invalid when none came
};
// Blocks until a message is whole. DEADLINE_EXCEEDED after `deadline`.
absl::StatusOr<Message> ReadMessage(int socket, size_t limit, MonotonicTime deadline);

}  // namespace ipc::internal
