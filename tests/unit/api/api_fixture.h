// A main process whose loop the test drives, with a log that the test reads.
//
// Waiting gives up after ten seconds, by an exception that shows the log.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <source_location>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"

namespace ipc {

class ApiTest : public testing::Test {
 protected:
  using Where = std::source_location;

  ApiTest();
  ~ApiTest() override;

  // What main is made with, at the first use of main().
  MainProcessOptions& options() { return options_; }
  MainProcess& main();
  IpcMain& ipc_main() { return main().ipc_main(); }
  void DestroyMain() { main_.reset(); }

  WebContents& LaunchInproc(std::function<void(RendererProcess&)> body);
  // Has main listen, and tells where.
  std::string Listen(ListenOptions listen = {});

  // Drives main's loop until `is_done`.
  void RunUntil(const std::function<bool()>& is_done, Where where = Where::current());
  // The longest time that the loop was busy in RunUntil().
  std::chrono::steady_clock::duration longest_turn() const { return longest_turn_; }

  std::vector<std::string> log() const;

 private:
  struct Logged {
    std::mutex mutex;
    std::vector<std::string> lines;
  };

  std::shared_ptr<Logged> logged_ = std::make_shared<Logged>();
  MainProcessOptions options_;
  std::string socket_folder_;
  std::unique_ptr<MainProcess> main_;
  std::chrono::steady_clock::duration longest_turn_{0};
};

}  // namespace ipc
