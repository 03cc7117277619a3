#include "runtime/testing/app.h"

#include <poll.h>

#include <chrono>
#include <mutex>

#include "runtime/base/check.h"

namespace ipc::testing {

struct App::Logged {
  std::mutex mutex;
  std::string lines;
};

App::App(MainProcessOptions options) : logged_(std::make_shared<Logged>()) {
  options.log = [logged = logged_, log = std::move(options.log)](LogLevel level,
                                                                 std::string_view line) {
    if (log) log(level, line);
    std::lock_guard lock(logged->mutex);
    logged->lines.append(line).append("\n");
  };
  absl::StatusOr<std::unique_ptr<MainProcess>> main = MainProcess::Create(std::move(options));
  IPC_CHECK(main.ok(), "no main for this test: out of descriptors?");
  main_ = *std::move(main);
}

App::~App() = default;

WebContents& App::StartRenderer(std::function<void(RendererProcess& renderer)> body,
                                std::string role) {
  absl::StatusOr<WebContents*> contents = main_->LaunchInproc(std::move(body), std::move(role));
  IPC_CHECK(contents.ok(), "no renderer for this test: after Quit(), or out of descriptors?");
  return **contents;
}

bool App::RunUntil(const std::function<bool()>& is_done) {
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

std::string App::log() const {
  std::lock_guard lock(logged_->mutex);
  return logged_->lines;
}

}  // namespace ipc::testing
