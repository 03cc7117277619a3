// The memory that two processes share: who may write what, and what it means.
//
// A pipe has two regions, one a side. A side writes its own region and nothing else; the other one
// has it mapped read-only, and the seals on it see to it that this stays so.
//
//     renderer's region                              main's region
//     written by the renderer, read by main          written by main, read by the renderer
//   +------------------------------------+         +------------------------------------+
//   | Identity    magic, version         |         | Identity                           |
//   | Sending     written ---------------+----+    | Sending                            |
//   | Receiving   read                   |    |    | Receiving   read (how far main is) |
//   | Waiting     asleep, processor      |    |    | Waiting     asleep, processor      |
//   | Ending      end                    |    |    | Ending      end                    |
//   | Farewell    code, text             |    |    | Farewell    code, text             |
//   +------------------------------------+    |    +------------------------------------+
//   | ring  |record|record|....free......| <--+    | ring                               |
//   +------------------------------------+         +------------------------------------+
//
// `written` and `read` count bytes since the beginning and never wrap. The bytes from `read` to
// `written` are the reader's, all others the writer's, at most a ring full of them:
//
//   writer   fills a record behind `written`, then moves `written`        (release)
//   reader   sees `written` move, copies the record out, moves its `read` (release)
//   writer   sees `read` move, and has that room again
//
// The ring is mapped twice in a row, so a record never wraps: it lies in one piece wherever it
// begins. A record is a RecordHeader, its bytes, and padding to a multiple of 64. A frame of up to
// a quarter of the ring is one record; a larger one is several, in order, each but the last of them
// saying how much follows. A frame that must not wait for those may stand between them.
//
// Of most large frames nearly all is one run of bytes. Such a frame may come without it: one record
// with all the other bytes, and where the run belongs; then the run alone, piece by piece. So it
// can be copied from where the sender has it to where the receiver wants it.
//
//   ordinary   | size, rest | bytes... |  | size, rest | bytes... |  ...  | size, 0 | bytes |
//   parted     | size, kParted | PartedHead, bytes... |  | size, rest | run... |  ...  | size, 0 |
//
// Sleeping. Who finds nothing to do says so in `asleep`, looks once more, and blocks; who has
// changed something looks whether the other one is asleep, and rings. Both do the two things in
// this order and sequentially consistent, so one of them sees the other:
//
//   sleeper   asleep = n | kForBytes     ; is there something? no ; block until the bell rings
//   writer    written = ...              ; is it asleep, with an n I have not rung for? ring
//
// `asleep` begins as asleep: nobody has looked yet. The bell is the socket of the hello, see
// doorbell_linux.h.
//
// The end. `end` is kClosed once everything was written and nothing follows, or kAborted with the
// reason in Farewell, at any time. A process that dies says neither: its socket does.
//
// What the peer writes may change at any moment, to anything. Each value is loaded once, checked
// against what it can be, and used; a value that cannot be ends the pipe.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ipc::internal {

inline constexpr uint64_t kRegionMagic = 0x31676e6952435049;  // "IPCRing1"
inline constexpr uint32_t kRegionVersion = 3;

// Header and ring are mapped apart, so both are whole pages, of the largest size there is. What is
// not touched takes no memory.
inline constexpr size_t kRegionHeaderBytes = 64 << 10;

// Powers of two.
inline constexpr size_t kMinRingBytes = 64 << 10;
inline constexpr size_t kMaxRingBytes = 16 << 20;
inline constexpr size_t kDefaultRingBytes = 256 << 10;

enum class RegionEnd : uint32_t { kNone = 0, kClosed = 1, kAborted = 2 };

// The lowest bits of Waiting::asleep; the others count, so that each sleep is rung for once.
enum class Sleep : uint32_t {
  kAwake = 0,
  kForBytes = 1,
  kForBytesOrRoom = 2,  // it has more to write than the ring takes
};
inline constexpr uint32_t kSleepMask = 3;
inline constexpr uint32_t kSleepStep = 4;

// Far enough apart that what one side writes often does not pull along what the other one does;
// processors fetch two lines at a time.
inline constexpr size_t kApart = 128;

struct RegionHeader {
  struct alignas(kApart) Identity {
    uint64_t magic;
    uint32_t version;
  };
  struct alignas(kApart) Sending {
    std::atomic<uint64_t> written;
  };
  struct alignas(kApart) Receiving {
    std::atomic<uint64_t> read;  // of the other region's ring
  };
  struct alignas(kApart) Waiting {
    std::atomic<uint32_t> asleep;     // a Sleep and a count
    std::atomic<uint32_t> processor;  // where this side ran last
  };
  // Apart from `written`, which comes with every frame: it is looked at as often.
  struct alignas(kApart) Ending {
    std::atomic<uint32_t> end;  // a RegionEnd
  };
  struct alignas(kApart) Farewell {
    static constexpr size_t kMaxText = 1024;
    uint32_t code;  // an absl::StatusCode
    uint32_t size;
    char text[kMaxText];
  };

  Identity identity;
  Sending sending;
  Receiving receiving;
  Waiting waiting;
  Ending ending;
  Farewell farewell;
};
static_assert(sizeof(RegionHeader) <= kRegionHeaderBytes);
static_assert(std::atomic<uint64_t>::is_always_lock_free);
static_assert(std::atomic<uint32_t>::is_always_lock_free);

// What stands before each record's bytes.
struct RecordHeader {
  uint32_t size;  // of the record's bytes, without padding
  uint32_t rest;  // how much of the frame follows in later records; 0: this ends it
};
static_assert(sizeof(RecordHeader) == 8);

// A record with this `rest` is a whole frame that stands between two pieces of another.
inline constexpr uint32_t kAside = UINT32_MAX;

// A record with this `rest` is a frame without its run, and begins with a PartedHead.
inline constexpr uint32_t kParted = UINT32_MAX - 1;

struct PartedHead {
  uint32_t offset;    // in the frame: where the run belongs, with what follows it behind it
  uint32_t run_size;  // more than all the other bytes of the frame, and kLeastRun or more
};
static_assert(sizeof(PartedHead) == 8);
inline constexpr uint32_t kLeastRun = 64 << 10;

// A cache line: what the writer writes next is in none that the reader is still reading.
inline constexpr uint64_t kRecordAlignment = 64;

// What a record of `size` bytes takes in the ring.
constexpr uint64_t RecordRoom(uint64_t size) {
  return (sizeof(RecordHeader) + size + kRecordAlignment - 1) & ~(kRecordAlignment - 1);
}

// The most that one record may take: so a writer that was woken finds room for several.
constexpr uint64_t LargestRecord(uint64_t ring_bytes) { return ring_bytes / 4; }

}  // namespace ipc::internal
