#include "tests/bench/harness/meter.h"

namespace bench {
namespace {

constexpr int64_t kBeatNs = 1'000'000;

}  // namespace

int64_t Meter::NextBeatNs() {
  // A beat that was missed is left out: it would find the other side awake.
  const int64_t now = NowNs();
  do next_beat_ns_ += kBeatNs;
  while (next_beat_ns_ <= now);
  return next_beat_ns_;
}

void Meter::AwaitBeat() {
  const int64_t beat = NextBeatNs();
  const timespec when = {.tv_sec = beat / 1'000'000'000, .tv_nsec = beat % 1'000'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) != 0) continue;
  Begin();
}

void Meter::NoteWatched() {
  const int64_t now = NowNs();
  histogram_.Add(now - last_ns_);
  if (first_ns_ == 0) first_ns_ = now;
  is_over_ = now >= end_ns_;
  watched_ = sent_ + 1;
}

void Meter::Print(std::ostream& out) const {
  out << "{\"count\":" << count_ << ",\"elapsed_ns\":" << finish_ns_ - start_ns_
      << ",\"histogram\":";
  histogram_.Print(out);
  out << "}";
}

}  // namespace bench
