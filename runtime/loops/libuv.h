// Runs a process's IPC in a libuv loop.
//
//   uv_loop_t* loop = uv_default_loop();
//   auto attached = ipc::UvLoop::Create((*main)->loop(), loop, [&] { uv_stop(loop); });
//   uv_run(loop, UV_RUN_DEFAULT);  // in place of (*main)->Run()
//
// `on_quit` is called where Run() would return: after MainProcess::Quit(), once every renderer is
// gone; in a renderer after Quit(), or when main is gone. A renderer calls Run() after the loop,
// which returns at once and ends its calls. Until Run() is called, every later turn says it again.
//
// Ownership   The EventLoop and the uv_loop_t outlive this. Destroying it detaches; not inside
//             `on_quit` or a callback of the EventLoop. Until then uv_run() does not return by
//             itself. libuv lets go of the handle in the loop's next turn, so there is one more
//             before uv_loop_close(), as for every handle.
// Threads     The thread that created the EventLoop, which is the one to run the uv_loop_t.
// Errors      Create(): what epoll refuses. A callback that throws ends the process.
#pragma once

#include <uv.h>

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/loops/internal/turns.h"

namespace ipc {

class UvLoop {
 public:
  static absl::StatusOr<std::unique_ptr<UvLoop>> Create(EventLoop& loop, uv_loop_t* uv_loop,
                                                        Task on_quit = nullptr) {
    auto poll = std::make_unique<uv_poll_t>();
    int error = uv_poll_init(uv_loop, poll.get(), loop.fd());
    if (error != 0) return absl::ErrnoToStatus(-error, "uv_poll_init");
    std::unique_ptr<UvLoop> attached(new UvLoop(loop, poll.release(), std::move(on_quit)));
    error = uv_poll_start(attached->poll_, UV_READABLE, &UvLoop::OnReady);
    if (error != 0) return absl::ErrnoToStatus(-error, "uv_poll_start");
    return attached;
  }
  UvLoop(const UvLoop&) = delete;
  UvLoop& operator=(const UvLoop&) = delete;
  ~UvLoop() {
    uv_close(reinterpret_cast<uv_handle_t*>(poll_),
             [](uv_handle_t* closed) { delete reinterpret_cast<uv_poll_t*>(closed); });
  }

 private:
  UvLoop(EventLoop& loop, uv_poll_t* poll, Task on_quit)
      : turns_(loop, std::move(on_quit)), poll_(poll) {
    poll_->data = this;
  }

  // A `status` of an error would come again and again; Dispatch() finds out what there is.
  static void OnReady(uv_poll_t* poll, int /*status*/, int /*events*/) {
    static_cast<UvLoop*>(poll->data)->turns_.Take();
  }

  internal::Turns turns_;
  uv_poll_t* const poll_;  // libuv's until it says that it is closed
};

}  // namespace ipc
