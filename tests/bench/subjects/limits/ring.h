// A ring of slots of one size in shared memory, from one process to one other: nothing but two
// cursors. No headers, no checks, both sides trusted: what every real pipe adds, this leaves out.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "tests/bench/subjects/limits/waiting.h"

namespace bench {

// What both sides see; zeroed at first. Each line of the cache has one writer.
template <size_t kSlotBytes, size_t kSlots>
struct Ring {
  static constexpr size_t kBytes = kSlotBytes;
  static constexpr size_t kCount = kSlots;

  alignas(64) std::atomic<uint64_t> written;
  alignas(64) std::atomic<uint64_t> read;
  alignas(64) Bell bell;  // of the reader
  alignas(64) char slots[kSlots][kSlotBytes];
};

template <typename RingType>
class RingWriter {
 public:
  explicit RingWriter(RingType& ring) : ring_(&ring) {}

  bool HasRoom() {
    if (written_ - read_ < RingType::kCount) return true;
    read_ = ring_->read.load(std::memory_order_acquire);
    return written_ - read_ < RingType::kCount;
  }
  void Put(const char* bytes) {
    std::memcpy(ring_->slots[written_ % RingType::kCount], bytes, RingType::kBytes);
    ring_->written.store(++written_, std::memory_order_release);
  }
  void WakeReader() { ring_->bell.Wake(); }

 private:
  RingType* ring_;
  uint64_t written_ = 0;
  uint64_t read_ = 0;
};

template <typename RingType>
class RingReader {
 public:
  explicit RingReader(RingType& ring) : ring_(&ring) {}

  bool HasMessage() {
    if (read_ != written_) return true;
    written_ = ring_->written.load(std::memory_order_acquire);
    return read_ != written_;
  }
  void Take(char* bytes) {
    std::memcpy(bytes, ring_->slots[read_ % RingType::kCount], RingType::kBytes);
    ring_->read.store(++read_, std::memory_order_release);
  }
  void Sleep() {
    ring_->bell.Sleep([this] { return HasMessage(); });
  }

 private:
  RingType* ring_;
  uint64_t read_ = 0;
  uint64_t written_ = 0;
};

enum class Side { kServer, kClient };

constexpr Side OtherOf(Side side) { return side == Side::kServer ? Side::kClient : Side::kServer; }

// A server and one client, in one region.
template <typename RingType>
struct RingPair {
  alignas(64) OwnProcessor server_cpu;
  alignas(64) OwnProcessor client_cpu;
  RingType to_server;
  RingType to_client;

  OwnProcessor& CpuOf(Side side) { return side == Side::kServer ? server_cpu : client_cpu; }
  RingType& RingTo(Side side) { return side == Side::kServer ? to_server : to_client; }
};

}  // namespace bench
