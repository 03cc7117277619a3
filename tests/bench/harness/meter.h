// Says how long a client goes on, and takes down what it did.
//
//   do client.RoundTrip(); while (meter.Completed());               // one after another
//   do { meter.AwaitBeat(); client.RoundTrip(); } while (meter.Completed());    // one a beat
//   meter.Sent(); ... if (meter.Answered()) client.Send();          // many in flight
//   while (meter.MaySend()) client.Send();  client.Flush();         // one way
//
// It reads the clock once for each round trip, and once for 64 where they are many at a time.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <ostream>

#include "tests/bench/harness/clock.h"
#include "tests/bench/harness/histogram.h"

namespace bench {

class Meter {
 public:
  explicit Meter(double seconds) : duration_ns_(static_cast<int64_t>(seconds * 1e9)) {}

  void Start() { StartAt(NowNs()); }
  // For renderers that begin together, whoever of them runs first.
  void StartAt(int64_t start_ns) {
    start_ns_ = start_ns;
    end_ns_ = start_ns_ + duration_ns_;
    last_ns_ = next_beat_ns_ = NowNs();
  }
  // When everything that was sent has arrived.
  void Finish() { finish_ns_ = NowNs(); }

  // A round trip is over, and the next one begins. False when time is up.
  bool Completed() {
    const int64_t now = NowNs();
    histogram_.Add(now - last_ns_);
    if (first_ns_ == 0) first_ns_ = now;
    last_ns_ = now;
    ++count_;
    return now < end_ns_;
  }

  // The next beat, one a millisecond, and that a round trip begins there.
  int64_t NextBeatNs();
  void Begin() { last_ns_ = NowNs(); }
  // The same, asleep until then.
  void AwaitBeat();

  // With many in flight: one more is on its way; the oldest one is back. Answered() is false when
  // time is up and nothing more is to be sent. What one of them takes is measured of one at a time.
  void Sent() {
    if (++sent_ == watched_) last_ns_ = NowNs();
  }
  bool Answered() {
    if (++count_ == watched_) NoteWatched();
    return !is_over_;
  }
  bool all_answered() const { return count_ == sent_; }

  // One way: whether one more may be sent, which then counts.
  bool MaySend() {
    if (count_ % kClockEvery == 0 && NowNs() >= end_ns_) return false;
    ++count_;
    return true;
  }

  int64_t first_ns() const { return first_ns_; }

  // As JSON, for the runner.
  void Print(std::ostream& out) const;

 private:
  static constexpr uint64_t kClockEvery = 64;

  void NoteWatched();

  const int64_t duration_ns_;
  int64_t start_ns_ = 0;
  int64_t end_ns_ = 0;
  int64_t finish_ns_ = 0;
  int64_t first_ns_ = 0;
  int64_t last_ns_ = 0;
  int64_t next_beat_ns_ = 0;
  uint64_t count_ = 0;
  uint64_t sent_ = 0;
  uint64_t watched_ = 1;
  bool is_over_ = false;
  Histogram histogram_;
};

}  // namespace bench
