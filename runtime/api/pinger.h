// Asks one renderer, again and again, whether its sequence still reads.
//
// Time is counted in turns of our own loop: when main itself was held up, by a slow handler or a
// debugger, that costs one turn, however long it was, and no renderer is blamed for it. At most one
// ping is on its way, so a stopped renderer costs nothing.
//
// Ownership   The creator owns it. An upcall may destroy it. The loop outlives it.
// Threads     One sequence, that of the loop.
#pragma once

#include <cstdint>
#include <functional>

#include "runtime/base/event_loop.h"
#include "runtime/base/ids.h"
#include "runtime/base/monotonic_time.h"

namespace ipc {

class Pinger {
 public:
  struct Options {
    milliseconds interval{1'000};  // 0: never asks
    // Without a sign of life for so long, a renderer is unresponsive. No less than three intervals:
    // an answer that came while main was held up is read in the turn after.
    milliseconds unresponsive_after{5'000};
  };
  struct Upcalls {
    std::function<void(CallId)> ping;  // say it to the renderer
    std::function<void()> unresponsive;
    std::function<void()> responsive;  // again
  };

  Pinger(EventLoop& loop, Options options, Upcalls upcalls);
  Pinger(const Pinger&) = delete;
  Pinger& operator=(const Pinger&) = delete;
  ~Pinger() { Stop(); }

  // Asks from now on. A renderer counts as responsive until it is not.
  void Start();
  void Stop();

  // The answer to the ping of that id; others are ignored.
  void OnPong(CallId id);

 private:
  void WaitForTurn(milliseconds least);
  void TakeTurn();

  EventLoop& loop_;
  const Options options_;
  const Upcalls upcalls_;
  TimerId timer_;
  CallId last_ping_;
  bool is_awaited_ = false;  // the answer to last_ping_
  bool is_responsive_ = true;
  int64_t silent_turns_ = 0;  // since the last sign of life
};

}  // namespace ipc
