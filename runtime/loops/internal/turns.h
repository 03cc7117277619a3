// An event loop's turns inside somebody else's loop, and the news of its Quit(). Included by the
// adapters alone.
#pragma once

#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/event_loop.h"

namespace ipc::internal {

class Turns {
 public:
  Turns(EventLoop& loop, Task on_quit) : loop_(loop), on_quit_(std::move(on_quit)) {}
  Turns(const Turns&) = delete;
  Turns& operator=(const Turns&) = delete;
  ~Turns() { IPC_CHECK(!is_taking_, "an adapter is not destroyed by what its loop calls"); }

  int fd() const { return loop_.fd(); }

  // What is due now; to be called whenever fd() is readable. There is C above this: what throws
  // ends the process here.
  void Take() noexcept {
    is_taking_ = true;
    if (!loop_.Dispatch() && on_quit_) on_quit_();
    is_taking_ = false;
  }

 private:
  EventLoop& loop_;
  Task on_quit_;
  bool is_taking_ = false;
};

}  // namespace ipc::internal
