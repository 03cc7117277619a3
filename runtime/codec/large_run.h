// The largest run of bytes in what is encoded, left where it lies: who copies it to its receiver
// need not copy it into an encoded message before that.
//
//   LargeRunFinder finder(room);
//   EncodeTo(message, room);         // writes everything but that run, if there is one
//   finder.found()                   // tells where it lies and where it belongs
//
// Ownership   Borrows the value that is encoded.
// Threads     One finder at a time is at work on a thread, for what that thread encodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"

namespace ipc {

// Shorter ones are copied: that is not what a message costs.
inline constexpr size_t kLeastLargeRun = 64 << 10;

struct LargeRun {
  size_t offset = 0;                // in the encoded message
  absl::Span<const uint8_t> bytes;  // in the value; empty: there is none
};

class LargeRunFinder {
 public:
  explicit LargeRunFinder(absl::Span<uint8_t> room);
  LargeRunFinder(const LargeRunFinder&) = delete;
  LargeRunFinder& operator=(const LargeRunFinder&) = delete;
  ~LargeRunFinder();

  // Where it belongs, the room is left as it was.
  const LargeRun& found() const { return found_; }

  // WireWriter's way to the finder at work, if there is one for this place: it need not know it,
  // and stays small. `bytes` are the value's own.
  static void WriteOrNote(uint8_t* at, std::string_view bytes);

 private:
  void Note(uint8_t* at, std::string_view bytes);

  const absl::Span<uint8_t> room_;
  LargeRunFinder* const outer_;
  LargeRun found_;
};

}  // namespace ipc
