// Runs a process's IPC in an asio::io_context: that of Asio alone, not Boost's.
//
//   asio::io_context context;
//   auto attached = ipc::AsioLoop::Create((*main)->loop(), context, [&] { context.stop(); });
//   context.run();  // in place of (*main)->Run()
//
// `on_quit` is called where Run() would return: after MainProcess::Quit(), once every renderer is
// gone; in a renderer after Quit(), or when main is gone. A renderer calls Run() after the loop,
// which returns at once and ends its calls. Until Run() is called, every later turn says it again.
//
// Ownership   The EventLoop and the io_context outlive this. Destroying it detaches; not inside
//             `on_quit` or a callback of the EventLoop. Until then it is work: run() does not
//             return by itself.
// Threads     The thread that created the EventLoop, which is the only one to run the io_context.
// Errors      Create(): what epoll refuses. A callback that throws ends the process.
#pragma once

#include <asio/error_code.hpp>
#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/base/event_loop.h"
#include "runtime/loops/internal/turns.h"

namespace ipc {

class AsioLoop {
 public:
  static absl::StatusOr<std::unique_ptr<AsioLoop>> Create(EventLoop& loop,
                                                          asio::io_context& context,
                                                          Task on_quit = nullptr) {
    std::unique_ptr<AsioLoop> attached(new AsioLoop(loop, context, std::move(on_quit)));
    asio::error_code error;
    attached->descriptor_.assign(loop.fd(), error);
    if (error) return absl::ErrnoToStatus(error.value(), "asio::posix::descriptor::assign");
    attached->Wait();
    return attached;
  }
  AsioLoop(const AsioLoop&) = delete;
  AsioLoop& operator=(const AsioLoop&) = delete;
  ~AsioLoop() {
    if (descriptor_.is_open()) descriptor_.release();  // it is the EventLoop's
  }

 private:
  AsioLoop(EventLoop& loop, asio::io_context& context, Task on_quit)
      : turns_(loop, std::move(on_quit)), descriptor_(context) {}

  void Wait() {
    // The io_context may have the handler in its hands when this is destroyed.
    descriptor_.async_wait(asio::posix::descriptor_base::wait_read,
                           [this, alive = std::weak_ptr<bool>(alive_)](const asio::error_code&) {
                             if (alive.expired()) return;
                             turns_.Take();
                             Wait();
                           });
  }

  internal::Turns turns_;
  asio::posix::stream_descriptor descriptor_;
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>();
};

}  // namespace ipc
