// A whole application inside of one test in real time: main, and renderers on threads of their own,
// joined by the in-process pipe. For code that has threads, or waits for the world; all other is
// tested sooner, and always in the same way, by the App of app.h.
//
//   ipc::testing::ThreadedApp app;
//   auto bound = notes::BindNotes(app.ipc_main(), notes);
//   ipc::WebContents& window = app.StartRenderer([](ipc::RendererProcess& renderer) {
//     Window window(renderer);
//     renderer.Run();
//   });
//   EXPECT_TRUE(app.RunUntil([&] { return notes.saved() == 1; })) << app.log();
//   EXPECT_EQ(app.Await(notes::NotesWebContents(window.ref()).ConfirmClose())->ok, true);
//
// Ownership   Owns main, which owns the renderers. Its destructor ends their loops, and returns
//             when their threads have.
// Threads     That of the test, which is main's; bodies run on their renderers'. Only while
//             RunUntil() or Await() runs does main listen and answer.
// Errors      Waiting gives up after kPatience: RunUntil() answers false, Await()
//             DEADLINE_EXCEEDED.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"
#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/testing/await.h"
#include "runtime/testing/log_book.h"

namespace ipc::testing {

class ThreadedApp {
 public:
  static constexpr milliseconds kPatience{10'000};

  // What `options.log` is told is kept for log(), too.
  explicit ThreadedApp(MainProcessOptions options = {});
  ThreadedApp(const ThreadedApp&) = delete;
  ThreadedApp& operator=(const ThreadedApp&) = delete;
  ~ThreadedApp();

  MainProcess& main() { return *main_; }
  IpcMain& ipc_main() { return main_->ipc_main(); }

  // `body` makes its calls and, last, calls renderer.Run(). The WebContents is there at once.
  WebContents& StartRenderer(std::function<void(RendererProcess& renderer)> body,
                             std::string role = "renderer");

  // Runs main until `is_done`, which is asked after everything that main does.
  [[nodiscard]] bool RunUntil(const std::function<bool()>& is_done);

  // Runs main until the call has ended.
  template <typename T>
  Outcome<T> Await(Promise<T> call) {
    return AwaitIn(*this, "ThreadedApp", std::move(call));
  }

  // What main and the renderers have logged, one line each.
  std::string log() const { return log_.text(); }

 private:
  LogBook log_;
  std::unique_ptr<MainProcess> main_;
};

}  // namespace ipc::testing
