// The fixture of the contract suite: one main, and renderers that come to it over the pipe that is
// the test's parameter. Every test passes on all of them unchanged: when one fails on a single
// pipe, that pipe is wrong, not the test.
//
// Waiting gives up after ten seconds, by an exception that says where and shows main's log.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/api/main_process.h"
#include "tests/electron/renderer_body.h"
#include "tests/electron/started_process.h"

namespace ipc {

enum class PipeUnderTest {
  kInproc,          // a thread of main
  kGrpcSocketpair,  // a process that main launches
  kGrpcUnix,        // a process that comes in through main's front door
  kShm,             // a process that main launches, in shared memory
};

// For suites that are a fixture of their own.
inline auto AllPipes() {
  return testing::Values(PipeUnderTest::kInproc, PipeUnderTest::kGrpcSocketpair,
                         PipeUnderTest::kGrpcUnix, PipeUnderTest::kShm);
}
std::string PipeName(const testing::TestParamInfo<PipeUnderTest>& info);

class ElectronContract : public testing::TestWithParam<PipeUnderTest> {
 protected:
  using Where = std::source_location;

  ElectronContract();
  ~ElectronContract() override;

  // What main is made with, at the first use of main(). Renderers get the same limits.
  MainProcessOptions& options() { return options_; }
  MainProcess& main();
  IpcMain& ipc_main() { return main().ipc_main(); }

  // Starts a renderer that runs `body`. None of its messages is dispatched before the test drives
  // main's loop. `on_created` has the WebContents before it is connected.
  WebContents& StartRenderer(std::string_view body,
                             std::function<void(WebContents&)> on_created = {});
  // One of another role, or a guest.
  struct Identity {
    std::string role = "renderer";
    WebContentsId embedder_id = {};
  };
  WebContents& StartRendererAs(Identity identity, std::string_view body,
                               std::function<void(WebContents&)> on_created = {});

  // Ends the renderer without asking it. Nothing but asking ends a thread.
  void KillRenderer(WebContents& contents);
  // Closes the WebContents and tells how the renderer ended: its exit code, 0 when all went well.
  int CloseRenderer(WebContents& contents);

  // Drives main's loop until `is_done`.
  void RunUntil(const std::function<bool()>& is_done, Where where = Where::current());
  // Drives main's loop while `work` runs on a thread of its own, until it has returned.
  void RunBeside(std::function<void()> work, Where where = Where::current());
  // What bodies reported, one at a time, in the order it came.
  Value NextReport(Where where = Where::current());
  size_t pending_reports() const { return reports_.size(); }

  // Lines that main, or a renderer, has logged.
  std::vector<std::string> log() const;
  bool HasLogged(std::string_view line) const;

  // Opens main's front door, at its first call; the path of its socket.
  std::string ListenOnce();

  static bool is(PipeUnderTest pipe) { return GetParam() == pipe; }

 private:
  struct Logged {
    std::mutex mutex;
    std::vector<std::string> lines;
  };

  void Launch(std::string_view body, const Identity& identity);
  void Drive(const std::function<bool()>& is_done, Where where);

  MainProcessOptions options_;
  std::shared_ptr<Logged> logged_ = std::make_shared<Logged>();
  std::deque<Value> reports_;
  std::string socket_folder_;
  std::map<int32_t, std::unique_ptr<StartedProcess>> started_;
  WebContents* created_ = nullptr;
  WebContentsId embedder_of_next_;
  std::unique_ptr<MainProcess> main_;
};

}  // namespace ipc
