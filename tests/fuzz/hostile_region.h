// The peer's side of a pipe in shared memory, in the hands of dice: frames as they should be, then
// anything, anywhere in the region, while the victim reads.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <random>

#include "runtime/transport/shm/ring.h"
#include "tests/fuzz/victim.h"

namespace ipc::fuzz {

class HostileRegion {
 public:
  HostileRegion(Victim::Peer& peer, std::mt19937_64& dice);

  // One thing that a decent peer does: write a frame, whole, in pieces or parted, read, ring.
  void ActDecently();
  // One thing that none does.
  void ActMaliciously();

 private:
  uint64_t Roll(uint64_t sides) { return dice_() % sides; }
  void WriteFrame();
  // Begins a frame whose run follows by itself; the victim has to read before all of it has room.
  void WriteHead(const internal::PartedHead& head);
  void WriteRun();
  void ReadEverything();
  void Ring();
  void SpoilCursor();
  void SpoilRecordHeader();
  void SpoilAnyByte();
  // The same bytes again and again, so that they change between two looks at them.
  void Flicker();
  uint64_t Value();

  Victim::Peer& peer_;
  std::mt19937_64& dice_;
  internal::RingWriter writer_;
  internal::RingReader reader_;
  uint32_t run_left_ = 0;
};

}  // namespace ipc::fuzz
