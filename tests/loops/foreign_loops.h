// The loops of other libraries in one shape, each with our adapter, for tests that run in all.
//
//   Attach(loop, on_quit)   puts an EventLoop into it; Detach() takes it out again
//   Run(), Stop()           as the library's own
//   RunWhatIsReady()        without waiting for anything
//   After(time, task)       a timer of that library
//   wakeups()               how often it has had something to do
//
// Threads     The thread that made it.
#pragma once

#include <glib.h>
#include <uv.h>

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "runtime/base/event_loop.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/loops/asio.h"
#include "runtime/loops/glib.h"
#include "runtime/loops/libuv.h"

namespace ipc {

class GlibUnderTest {
 public:
  GlibUnderTest();
  GlibUnderTest(const GlibUnderTest&) = delete;
  GlibUnderTest& operator=(const GlibUnderTest&) = delete;
  ~GlibUnderTest();

  void Attach(EventLoop& loop, Task on_quit) {
    adapter_.emplace(loop, context_, std::move(on_quit));
  }
  void Detach() { adapter_.reset(); }
  void Run() { g_main_loop_run(loop_); }
  void Stop() { g_main_loop_quit(loop_); }
  void RunWhatIsReady();
  void After(milliseconds time, Task task);
  static int wakeups();

 private:
  GMainContext* const context_;
  GMainLoop* const loop_;
  std::optional<GlibLoop> adapter_;
};

class UvUnderTest {
 public:
  UvUnderTest();
  UvUnderTest(const UvUnderTest&) = delete;
  UvUnderTest& operator=(const UvUnderTest&) = delete;
  ~UvUnderTest();

  void Attach(EventLoop& loop, Task on_quit);
  void Detach() { adapter_.reset(); }
  void Run() { uv_run(&loop_, UV_RUN_DEFAULT); }
  void Stop() { uv_stop(&loop_); }
  void RunWhatIsReady() { uv_run(&loop_, UV_RUN_NOWAIT); }
  void After(milliseconds time, Task task);
  int wakeups() const { return wakeups_; }

 private:
  uv_loop_t loop_;
  uv_check_t after_poll_;
  int wakeups_ = 0;
  std::unique_ptr<UvLoop> adapter_;
};

class AsioUnderTest {
 public:
  void Attach(EventLoop& loop, Task on_quit);
  void Detach() { adapter_.reset(); }
  void Run();
  void Stop() { context_.stop(); }
  void RunWhatIsReady();
  void After(milliseconds time, Task task);
  int wakeups() const { return wakeups_; }

 private:
  asio::io_context context_;
  int wakeups_ = 0;
  std::unique_ptr<AsioLoop> adapter_;
};

}  // namespace ipc
