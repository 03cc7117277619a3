// What comes out of the peer's ring: whole frames, put together from records.
//
// Threads     One sequence.
// Errors      kBroken, once and for all, for what no peer of ours writes; problem() says what.
// Limits      A frame has at most the bytes it was made with. Take() copies at most kBytesPerTake,
//             so that one renderer's large message does not hold up the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/codec/parted_bytes.h"
#include "runtime/transport/shm/frame_buffer.h"
#include "runtime/transport/shm/ring.h"

namespace ipc::internal {

class Inbound {
 public:
  enum class Taken {
    kFrame,
    kPieces,  // of a frame that has not come whole yet
    kNothing,
    kBroken,
  };
  static constexpr size_t kBytesPerTake = 128 << 10;

  Inbound(RingReader ring, size_t max_frame_bytes)
      : ring_(ring), max_frame_bytes_(max_frame_bytes) {}

  // One that has come. Of a parted one the run, which belongs at `run_offset`, lies in `run`.
  struct Frame {
    PartedBytes view() {
      return run.empty() ? PartedBytes(bytes) : PartedBytes(bytes, run_offset, &run);
    }

    absl::Span<const uint8_t> bytes;
    size_t run_offset = 0;
    Bytes run;
  };
  // The next frame, copied into `into` but for its run.
  Taken Take(FrameBuffer& into, Frame& frame);

  // Whether Take() would say anything but kNothing. Sequentially consistent.
  bool HasSomething() const { return ring_.HasSomething(); }

  // True when it is time to look whether the writer sleeps for want of room: after each quarter of
  // the ring. It slept with less than the room of a record free, which is a quarter at most, so
  // that more than two such looks follow, and it has room at the last of them.
  bool TakeMadeRoom();

  // The peer is gone: what is here now is all that there will ever be.
  void Freeze() { ring_.Freeze(); }

  // Whether the last frame has come whole.
  bool is_whole() const { return partial_rest_ == 0; }

  std::string_view problem() const { return problem_; }

 private:
  Taken TakeWhole(FrameBuffer& into, Frame& frame);
  // Adds one record to the frame that comes in pieces.
  bool AddPiece();
  // Begins a parted frame.
  bool AddHead();
  Taken Break(std::string_view problem);

  RingReader ring_;
  const size_t max_frame_bytes_;
  FrameBuffer partial_;      // the frame that comes in pieces
  size_t partial_size_ = 0;  // of it, here
  size_t partial_rest_ = 0;  // of it, still to come; 0: there is none
  bool is_parted_ = false;   // what still comes of it is its run
  Bytes run_;
  size_t run_offset_ = 0;
  uint64_t told_until_ = 0;  // how far it had read when TakeMadeRoom() last said true
  std::string_view problem_;
};

}  // namespace ipc::internal
