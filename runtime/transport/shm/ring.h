// The two ends of a ring of layout.h: one writes records, the other one reads them.
//
//   writer:  if (uint8_t* room = ring.Reserve(size)) { fill room; ring.Commit(size, rest); }
//   reader:  while (ring.Peek() == Look::kRecord) { copy ring.record() out; ring.Advance(); }
//
// Ownership   They borrow memory and cursors, of two regions or, in a test, of anything.
// Threads     Each end on one sequence; the two ends on any two, in any two processes.
// Errors      A cursor or a size that cannot be makes an end broken, for good: nothing is read or
//             written any more.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>

#include "runtime/transport/shm/layout.h"

namespace ipc::internal {

inline constexpr size_t kCacheLine = 64;

// `Cursor` is std::atomic<uint64_t>, but in tests/model.
template <typename Cursor>
class BasicRingWriter {
 public:
  // `written` is ours; `read` is the reader's, and not to be trusted.
  struct Cursors {
    Cursor* written;
    const Cursor* read;
  };

  BasicRingWriter(uint8_t* ring, size_t ring_bytes, Cursors cursors)
      : ring_(ring), ring_bytes_(ring_bytes), cursors_(cursors) {}

  // Where a record of `size` bytes can be filled in; null while the reader has to read first.
  uint8_t* Reserve(uint32_t size) {
    if (!HasRoom(RecordRoom(size))) return nullptr;
    return At(written_) + sizeof(RecordHeader);
  }

  // The record that was reserved is the reader's from here on; what is loaded next, whether the
  // reader sleeps, is loaded after that.
  void Commit(uint32_t size, uint32_t rest) {
    const RecordHeader header{.size = size, .rest = rest};
    std::memcpy(At(written_), &header, sizeof header);
    written_ += RecordRoom(size);
    cursors_.written->store(written_, std::memory_order_seq_cst);
  }

  // Whether `room` bytes are free, as RecordRoom() counts them.
  bool HasRoom(uint64_t room) {
    if (ring_bytes_ - (written_ - read_) >= room) return !is_broken_;
    LoadRead();
    return !is_broken_ && ring_bytes_ - (written_ - read_) >= room;
  }

  bool is_broken() const { return is_broken_; }
  size_t ring_bytes() const { return ring_bytes_; }

 private:
  uint8_t* At(uint64_t cursor) const { return ring_ + (cursor & (ring_bytes_ - 1)); }

  void LoadRead() {
    const uint64_t read = cursors_.read->load(std::memory_order_seq_cst);
    if (read - read_ > written_ - read_ || read % kRecordAlignment != 0) {
      is_broken_ = true;  // it went back, or beyond what was written
    } else {
      read_ = read;
    }
  }

  uint8_t* const ring_;
  const size_t ring_bytes_;
  const Cursors cursors_;
  uint64_t written_ = 0;
  uint64_t read_ = 0;  // as it was when last looked at
  bool is_broken_ = false;
};

template <typename Cursor>
class BasicRingReader {
 public:
  // `read` is ours; `written` is the writer's, and not to be trusted.
  struct Cursors {
    const Cursor* written;
    Cursor* read;
  };
  enum class Look { kNothing, kRecord, kBroken };

  // In the ring: its bytes may change until they are copied, and after.
  struct Record {
    const uint8_t* bytes;
    RecordHeader header;
  };

  BasicRingReader(const uint8_t* ring, size_t ring_bytes, Cursors cursors)
      : ring_(ring), ring_bytes_(ring_bytes), cursors_(cursors) {}

  // Looks at the next record.
  Look Peek() {
    if (is_broken_) return Look::kBroken;
    if (read_ == written_) {
      if (!is_frozen_) LoadWritten();
      if (is_broken_) return Look::kBroken;
      if (read_ == written_) return Look::kNothing;
    }
    const uint8_t* const at = ring_ + (read_ & (ring_bytes_ - 1));
    record_.header = LoadHeader(at);
    record_.bytes = at + sizeof(RecordHeader);
    is_broken_ = record_.header.size == 0 || RecordRoom(record_.header.size) > written_ - read_;
    return is_broken_ ? Look::kBroken : Look::kRecord;
  }
  const Record& record() const { return record_; }

  // The record was copied: its room is the writer's again.
  void Advance() {
    read_ += RecordRoom(record_.header.size);
    cursors_.read->store(read_, std::memory_order_release);
  }

  // Orders every Advance() before what is loaded next: whether the writer sleeps.
  void Settle() { cursors_.read->store(read_, std::memory_order_seq_cst); }

  // Whether Peek() would say anything but kNothing. Sequentially consistent.
  bool HasSomething() const {
    if (read_ != written_ || is_broken_) return true;
    if (is_frozen_ || cursors_.written->load(std::memory_order_seq_cst) == read_) return false;
    // The other processor has these lines: they travel while the caller finds its way to Peek().
    const uint8_t* const at = ring_ + (read_ & (ring_bytes_ - 1));
    __builtin_prefetch(at);
    __builtin_prefetch(at + kCacheLine);
    return true;
  }

  // Takes what is here now for all that there will ever be.
  void Freeze() {
    if (!is_frozen_) LoadWritten();
    is_frozen_ = true;
  }

  uint64_t read() const { return read_; }
  size_t ring_bytes() const { return ring_bytes_; }

 private:
  static RecordHeader LoadHeader(const uint8_t* at) {
    // Once: what is checked is what is used.
    const uint64_t both = __atomic_load_n(reinterpret_cast<const uint64_t*>(at), __ATOMIC_RELAXED);
    RecordHeader header;
    std::memcpy(&header, &both, sizeof header);
    return header;
  }

  void LoadWritten() {
    const uint64_t written = cursors_.written->load(std::memory_order_acquire);
    if (written - read_ > ring_bytes_ || written % kRecordAlignment != 0) {
      is_broken_ = true;  // it went back, or further than the ring
    } else {
      written_ = written;
    }
  }

  const uint8_t* const ring_;
  const size_t ring_bytes_;
  const Cursors cursors_;
  uint64_t read_ = 0;
  uint64_t written_ = 0;  // as it was when last looked at
  Record record_ = {};
  bool is_broken_ = false;
  bool is_frozen_ = false;
};

using RingWriter = BasicRingWriter<std::atomic<uint64_t>>;
using RingReader = BasicRingReader<std::atomic<uint64_t>>;

}  // namespace ipc::internal
