#include "runtime/testing/threaded_app.h"

#include <poll.h>

#include <chrono>

#include "runtime/base/check.h"

namespace ipc::testing {

ThreadedApp::ThreadedApp(MainProcessOptions options) {
  options.log = log_.Keep(std::move(options.log));
  absl::StatusOr<std::unique_ptr<MainProcess>> main = MainProcess::Create(std::move(options));
  IPC_CHECK(main.ok(), "no main for this test: out of descriptors?");
  main_ = *std::move(main);
}

ThreadedApp::~ThreadedApp() = default;

WebContents& ThreadedApp::StartRenderer(std::function<void(RendererProcess& renderer)> body,
                                        std::string role) {
  absl::StatusOr<WebContents*> contents = main_->LaunchInproc(std::move(body), std::move(role));
  IPC_CHECK(contents.ok(), "no renderer for this test: after Quit(), or out of descriptors?");
  return **contents;
}

bool ThreadedApp::RunUntil(const std::function<bool()>& is_done) {
  EventLoop& loop = main_->loop();
  const MonotonicTime give_up = loop.Now() + kPatience;
  while (!is_done()) {
    const auto left = std::chrono::ceil<milliseconds>(give_up - loop.Now());
    pollfd ready{.fd = loop.fd(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0) return false;
    loop.Dispatch();
  }
  return true;
}

}  // namespace ipc::testing
