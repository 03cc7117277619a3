// Runs a process's IPC in a GMainContext, for programs that have GLib's loop, as GTK's do.
//
//   GMainLoop* loop = g_main_loop_new(nullptr, FALSE);
//   ipc::GlibLoop attached((*main)->loop(), nullptr, [&] { g_main_loop_quit(loop); });
//   g_main_loop_run(loop);  // in place of (*main)->Run()
//
// `on_quit` is called where Run() would return: after MainProcess::Quit(), once every renderer is
// gone; in a renderer after Quit(), or when main is gone. A renderer calls Run() after the loop,
// which returns at once and ends its calls. Until Run() is called, every later turn says it again.
//
// Ownership   The EventLoop outlives this. A reference keeps the GMainContext, null for the default
//             one. Destroying this detaches; not inside `on_quit` or a callback of the EventLoop.
// Threads     The thread that created the EventLoop, which is the one to run the context.
// Errors      None. A callback that throws ends the process.
// Loops       A GMainContext that is run again inside of a callback, for a dialog, leaves the
//             EventLoop alone until that callback has returned.
#pragma once

#include <glib-unix.h>
#include <glib.h>

#include <utility>

#include "runtime/base/event_loop.h"
#include "runtime/loops/internal/turns.h"

namespace ipc {

class GlibLoop {
 public:
  explicit GlibLoop(EventLoop& loop, GMainContext* context = nullptr, Task on_quit = nullptr)
      : turns_(loop, std::move(on_quit)), source_(g_unix_fd_source_new(turns_.fd(), G_IO_IN)) {
    GUnixFDSourceFunc on_ready = &GlibLoop::OnReady;
    g_source_set_callback(source_, G_SOURCE_FUNC(on_ready), this, nullptr);
    g_source_attach(source_, context);
  }
  GlibLoop(const GlibLoop&) = delete;
  GlibLoop& operator=(const GlibLoop&) = delete;
  ~GlibLoop() {
    g_source_destroy(source_);
    g_source_unref(source_);
  }

 private:
  static gboolean OnReady(gint /*fd*/, GIOCondition /*condition*/, gpointer self) {
    static_cast<GlibLoop*>(self)->turns_.Take();
    return G_SOURCE_CONTINUE;
  }

  internal::Turns turns_;
  GSource* const source_;
};

}  // namespace ipc
