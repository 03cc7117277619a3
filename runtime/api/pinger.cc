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
  if (options_.interval > milliseconds(0)) WaitForTurn();
}

void Pinger::Stop() { loop_.CancelTimer(std::exchange(timer_, {})); }

void Pinger::WaitForTurn() {
  timer_ = loop_.StartTimer(After(loop_.Now(), options_.interval), [this] { TakeTurn(); });
}

void Pinger::TakeTurn() {
  WaitForTurn();
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
