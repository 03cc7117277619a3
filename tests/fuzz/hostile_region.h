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

  // One thing that a decent peer does: write a frame, whole or in pieces, read, ring.
  void ActDecently();
  // One thing that none does.
  void ActMaliciously();

 private:
  uint64_t Roll(uint64_t sides) { return dice_() % sides; }
  void WriteFrame();
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
};

}  // namespace ipc::fuzz
