// The bytes of the hello on a raw socket: "IPC1", the length in two bytes (big endian), a message.
//
// Main reads without blocking and within a time limit (HelloReader); the renderer, which has
// nothing else to do yet, blocks (ReadMessage). Both read not one byte beyond the message: what
// follows belongs to the pipe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/wire/limits.h"

namespace ipc {

inline constexpr std::string_view kHelloMagic = "IPC1";

// One message being read, in as many pieces as it comes. Sans-I/O.
//
// Errors      INVALID_ARGUMENT for a wrong magic, OUT_OF_RANGE for a length over the limit: as soon
//             as the bytes show it.
class MessageReader {
 public:
  explicit MessageReader(size_t limit) : limit_(limit) {}

  // How many bytes may be read next; 0 when the message is whole.
  size_t wanted() const;
  // Takes at most wanted() bytes.
  absl::Status Take(absl::Span<const uint8_t> bytes);
  absl::Span<const uint8_t> message() const;  // once whole

 private:
  size_t limit_;
  std::vector<uint8_t> bytes_;
};

// Waits for one message on `socket`, which stays the caller's, and calls `done` once, from the
// loop; destroying the reader, also from inside `done`, cancels.
//
// Errors      Those of MessageReader; UNAVAILABLE when the peer closed, DEADLINE_EXCEEDED.
class HelloReader {
 public:
  using Done = absl::AnyInvocable<void(absl::StatusOr<std::vector<uint8_t>>)>;

  HelloReader(EventLoop& loop, int socket, const Limits& limits, Done done);
  HelloReader(const HelloReader&) = delete;
  HelloReader& operator=(const HelloReader&) = delete;
  ~HelloReader();

 private:
  void OnReadable();
  void Finish(absl::StatusOr<std::vector<uint8_t>> outcome);

  EventLoop& loop_;
  int socket_;
  MessageReader reader_;
  TimerId timer_;
  WatchId watch_;
  Done done_;
};

// Writes a message with what stands before it. Does not block: a hello or a welcome is the first
// thing that its side writes, so that it always fits. Errors: OUT_OF_RANGE, UNAVAILABLE.
absl::Status WriteMessage(int socket, std::string_view message, size_t limit);

// Blocks until `deadline`. Errors: as HelloReader.
absl::StatusOr<std::vector<uint8_t>> ReadMessage(int socket, size_t limit, MonotonicTime deadline);

}  // namespace ipc
