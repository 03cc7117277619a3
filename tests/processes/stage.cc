#include "tests/processes/stage.h"

#include <poll.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

#include "tests/processes/renderer_roles.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;

constexpr milliseconds kPatience{10'000};

template <typename T>
T ValueOrThrow(absl::StatusOr<T> value) {
  if (!value.ok()) throw std::runtime_error(value.status().ToString());
  return *std::move(value);
}

MainProcessOptions Quiet(MainProcessOptions options) {
  options.log = [](LogLevel, std::string_view) {};
  return options;
}

}  // namespace

Stage::Stage(MainProcessOptions options)
    : main_(ValueOrThrow(MainProcess::Create(Quiet(std::move(options))))) {}

WebContents& Stage::StartRenderer(std::string_view role) {
  WebContents& contents = *ValueOrThrow(main_->Launch(RendererOf(role)));
  bool is_ready = false;
  contents.ipc().Once("ready", [&](auto&, const Args&) { is_ready = true; });
  RunUntil("a renderer is ready", [&] { return is_ready; });
  return contents;
}

void Stage::Close(WebContents& contents) {
  WebContentsRef ref = contents.ref();
  contents.Close();
  RunUntil("a renderer is closed", [&] { return ref.get() == nullptr; });
}

int32_t Stage::LeaveGrandchild(WebContents& contents) {
  std::optional<int32_t> pid;
  contents.ipc().Once(
      "forked", [&](auto&, const Args& args) { pid = static_cast<int32_t>(args[0].int64()); });
  contents.Send("fork").IgnoreError();
  RunUntil("a renderer has forked", [&] { return pid.has_value(); });
  return *pid;
}

void Stage::RunUntil(std::string_view what, const std::function<bool()>& is_done) {
  EventLoop& loop = main_->loop();
  const auto give_up = steady_clock::now() + kPatience;
  while (!is_done()) {
    const auto left = std::chrono::ceil<milliseconds>(give_up - steady_clock::now());
    pollfd ready{.fd = loop.fd(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0) {
      throw std::runtime_error("still not so after 10 s: " + std::string(what));
    }
    loop.Dispatch();
  }
}

void Stage::PollUntil(std::string_view what, const std::function<bool()>& is_done) {
  RunUntil(what, [&] {
    if (is_done()) return true;
    main_->loop().StartTimer(main_->loop().Now() + milliseconds(1), [] {});
    return false;
  });
}

}  // namespace ipc::testing
