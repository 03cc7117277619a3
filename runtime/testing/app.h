// A whole application inside of one test: main and its renderers, on the test's own thread and in
// virtual time. Nothing is slow, nothing races, and every run is like the one before; for tests of
// what applications build on the library, with any framework.
//
//   ipc::testing::App app;
//   auto bound = notes::BindNotes(app.ipc_main(), service);
//   ipc::testing::Renderer& window = app.AddRenderer();
//   notes::NotesIpcRenderer notes(window.ipc_renderer());
//
//   auto note = app.Await(notes.Read(7));
//   app.Advance(std::chrono::seconds(5));  // whatever falls due by then has happened
//   EXPECT_EQ(app.Await(notes::NotesWebContents(window.ref()).ConfirmClose())->ok, true);
//
// The test is code of main and of each renderer at once: it may call all of them, between the
// functions below, and sees what they do when one of these has run. A sendSync lets the others run,
// and virtual time pass, until its answer is there. What the test gives to Then() runs in main.
//
// Virtual time stands still while anybody has something to do. It knows nothing of other threads
// and processes: what waits for those is tested by threaded_app.h.
//
// Ownership   Owns main and the renderers, and keeps those that have ended until it goes.
// Threads     That of the test.
// Errors      Waiting gives up after kPatience: RunUntil() answers false, Await()
//             DEADLINE_EXCEEDED.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "runtime/api/main_process.h"
#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/base/monotonic_time.h"
#include "runtime/base/task_runner.h"
#include "runtime/testing/await.h"
#include "runtime/testing/faults.h"
#include "runtime/testing/log_book.h"
#include "runtime/testing/renderer.h"

namespace ipc::testing {

class App {
 public:
  // In virtual time: what takes that long is a mistake, or has no deadline.
  static constexpr milliseconds kPatience{600'000};

  // What `options.log` is told is kept for log(), too.
  explicit App(MainProcessOptions options = {});
  App(const App&) = delete;
  App& operator=(const App&) = delete;
  ~App();

  MainProcess& main() { return *main_; }
  IpcMain& ipc_main() { return main_->ipc_main(); }
  MonotonicTime Now() const { return main_->loop().Now(); }

  // Launches a renderer. Its WebContents and its IpcRenderer are there at once; what it and main
  // send to each other travels when the App runs.
  Renderer& AddRenderer(RendererPlan plan = {});

  // From now on things go wrong; with `{}`, no more. See faults.h.
  void InjectFaults(uint64_t seed, const Faults& faults) { dice_.Load(seed, faults); }

  // Runs everything that is due, and what comes of it, until nobody has anything left to do.
  void RunUntilIdle() { Advance(milliseconds(0)); }
  // The same until `time` from now, which passes at once.
  void Advance(milliseconds time);

  // Runs until `is_done`, which is asked after everything that happens; time passes as it must.
  [[nodiscard]] bool RunUntil(const std::function<bool()>& is_done);

  // Runs until the call has ended; time passes as it must.
  template <typename T>
  Outcome<T> Await(Promise<T> call) {
    return AwaitIn(*this, "App", std::move(call));
  }

  // What main and the renderers have logged, one line each.
  std::string log() const { return log_.text(); }

 private:
  LogBook log_;
  FaultDice dice_;
  const std::unique_ptr<Scheduler> scheduler_;
  std::optional<CurrentTaskRunner> plays_main_;  // the test does
  std::unique_ptr<MainProcess> main_;
  std::vector<std::unique_ptr<Renderer>> renderers_;
};

}  // namespace ipc::testing
