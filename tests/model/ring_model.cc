// The ring, and how its two sides sleep and wake each other, in every order that two processors
// may see each other's memory in, as far as the scheduler comes: runtime/transport/shm/ring.h under
// relacy, which plays threads and memory.
//
//   ring_model [SWITCHES]
//
// It tries every run in which a thread is stopped against its will at most SWITCHES (4) times, with
// every value that each load may then see.
//
// The bytes of a record are plain memory to relacy; beside each record stands a variable that it
// watches: to read it before the writer has filled it, or to fill it before the reader has left it,
// is a race.
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "runtime/transport/shm/layout.h"

// From here on relacy's macros stand for memory orders, new and assert.
#include <relacy/relacy.hpp>

namespace std {
using rl::mo_acquire;
using rl::mo_relaxed;
using rl::mo_release;
using rl::mo_seq_cst;
}  // namespace std

#include "runtime/transport/shm/ring.h"

namespace {

using Cursor = rl::atomic<uint64_t>;
using Writer = ipc::internal::BasicRingWriter<Cursor>;
using Reader = ipc::internal::BasicRingReader<Cursor>;
using ipc::internal::kSleepStep;
using ipc::internal::Sleep;

constexpr uint32_t kRecordBytes = 8;
constexpr uint64_t kRoom = ipc::internal::RecordRoom(kRecordBytes);
constexpr uint64_t kRecords = 4;

// One side's wait word, and the bell that is rung for it.
class Sleeper {
 public:
  void Begin() {
    asleep_.store(0, std::memory_order_relaxed);
    bell_.init(false, false, $);
  }
  void End() { bell_.deinit($); }

  // The sleeper's half, as SharedPipe has it: says so, looks once more, blocks.
  template <typename HasWork>
  void SleepUnless(Sleep how, HasWork has_work) {
    sleeps_ += kSleepStep;
    asleep_.store(sleeps_ | static_cast<uint32_t>(how), std::memory_order_seq_cst);
    if (!has_work()) bell_.wait(false, false, $);
    asleep_.store(sleeps_, std::memory_order_relaxed);
  }

  // The other side's half: rings once for each sleep.
  void RingIfAsleep(bool for_room) {
    const uint32_t asleep = asleep_.load(std::memory_order_seq_cst);
    const auto how = static_cast<Sleep>(asleep & ipc::internal::kSleepMask);
    if (how == Sleep::kAwake || asleep == rung_for_) return;
    if (for_room && how != Sleep::kForBytesOrRoom) return;
    rung_for_ = asleep;
    bell_.set($);
  }

 private:
  rl::atomic<uint32_t> asleep_;
  rl::generic_event bell_;  // stays rung until it is heard
  uint32_t sleeps_ = 0;     // the sleeper's
  uint32_t rung_for_ = 0;   // the other side's
};

// A ring for few records, so that the writer waits for the reader too. One of a single record makes
// it wait each time, and shows what is late within the three values that relacy remembers.
template <size_t kPlaces>
struct RingModel : rl::test_suite<RingModel<kPlaces>, 2> {
  static constexpr size_t kRingBytes = kPlaces * kRoom;

  Cursor written;
  Cursor read;
  alignas(8) std::array<uint8_t, 2 * kRingBytes> memory = {};
  std::array<rl::var<uint64_t>, kPlaces> watched;
  Sleeper writer_sleeps;
  Sleeper reader_sleeps;

  void before() {
    written.store(0, std::memory_order_relaxed);
    read.store(0, std::memory_order_relaxed);
    writer_sleeps.Begin();
    reader_sleeps.Begin();
  }
  void after() {
    writer_sleeps.End();
    reader_sleeps.End();
  }

  void thread(unsigned index) { index == 0 ? Write() : Read(); }

  void Write() {
    Writer ring(memory.data(), kRingBytes, {&written, &read});
    for (uint64_t i = 0; i < kRecords; ++i) {
      uint8_t* room = nullptr;
      while ((room = ring.Reserve(kRecordBytes)) == nullptr) {
        writer_sleeps.SleepUnless(Sleep::kForBytesOrRoom, [&] { return ring.HasRoom(kRoom); });
      }
      watched[i % kPlaces]($) = i;
      std::memcpy(room, &i, sizeof i);
      ring.Commit(kRecordBytes, 0);
      reader_sleeps.RingIfAsleep(false);
    }
    RL_ASSERT(!ring.is_broken());
  }

  void Read() {
    Reader ring(memory.data(), kRingBytes, {&written, &read});
    for (uint64_t i = 0; i < kRecords; ++i) {
      Reader::Look look = ring.Peek();
      while (look == Reader::Look::kNothing) {
        reader_sleeps.SleepUnless(Sleep::kForBytes, [&] { return ring.HasSomething(); });
        look = ring.Peek();
      }
      RL_ASSERT(look == Reader::Look::kRecord);
      RL_ASSERT(ring.record().header.size == kRecordBytes);
      uint64_t bytes = 0;
      std::memcpy(&bytes, ring.record().bytes, sizeof bytes);
      RL_ASSERT(bytes == i);
      RL_ASSERT(static_cast<uint64_t>(watched[i % kPlaces]($)) == i);
      ring.Advance();
      ring.Settle();
      writer_sleeps.RingIfAsleep(true);
    }
  }
};

template <size_t kPlaces>
bool Search(unsigned switches) {
  rl::test_params params;
  params.search_type = rl::fair_context_bound_scheduler_type;
  params.context_bound = switches;
  return rl::simulate<RingModel<kPlaces>>(params);
}

}  // namespace

int main(int argc, char** argv) {
  const unsigned switches = argc > 1 ? std::atoi(argv[1]) : 4;
  const bool is_right = Search<1>(switches) && Search<2>(switches);
  std::cout << (is_right ? "nothing found" : "see above") << std::endl;
  return is_right ? EXIT_SUCCESS : EXIT_FAILURE;
}
