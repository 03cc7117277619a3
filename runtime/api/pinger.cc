#include "runtime/api/pinger.h"

#include <algorithm>
#include <utility>

namespace ipc {
namespace {

// Turns without a sign of life that make a renderer unresponsive.
int64_t SilentTurns(const Pinger::Options& options) {
  constexpr int64_t kLeast = 3;
  return std::max<int64_t>(kLeast, options.unresponsive_after / options.interval);
}

}  // namespace

Pinger::Pinger(EventLoop& loop, Options options, Upcalls upcalls)
    : loop_(loop), options_(options), upcalls_(std::move(upcalls)) {}

void Pinger::Start() {
  Stop();
  is_awaited_ = false;
  is_responsive_ = true;
  silent_turns_ = 0;
  if (options_.interval > milliseconds(0)) WaitForTurn(milliseconds(0));
}

void Pinger::Stop() { loop_.CancelTimer(std::exchange(timer_, {})); }

// All pingers of one interval have their turns at the same moments, so that an idle main wakes up
// once for all of its renderers, and not for each.
void Pinger::WaitForTurn(milliseconds least) {
  const MonotonicTime soonest = After(loop_.Now(), least);
  MonotonicTime turn = After(soonest, options_.interval);
  if (turn != kForever) turn -= soonest.time_since_epoch() % options_.interval;
  timer_ = loop_.StartTimer(turn, [this] { TakeTurn(); });
}

void Pinger::TakeTurn() {
  WaitForTurn(options_.interval / 2);  // this one may have come late
  ++silent_turns_;
  if (!is_awaited_) {
    silent_turns_ = 1;
    is_awaited_ = true;
    last_ping_ = CallId(last_ping_.value() + 1);
    return upcalls_.ping(last_ping_);
  }
  if (!is_responsive_ || silent_turns_ < SilentTurns(options_)) return;
  is_responsive_ = false;
  upcalls_.unresponsive();  // may destroy this
}

void Pinger::OnPong(CallId id) {
  if (!is_awaited_ || id != last_ping_) return;
  is_awaited_ = false;
  if (!std::exchange(is_responsive_, true)) upcalls_.responsive();
}

}  // namespace ipc
