#include "tests/unit/api/api_fixture.h"

#include <poll.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace ipc {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{10};

}  // namespace

ApiTest::ApiTest() {
  options_.log = [logged = logged_](LogLevel, std::string_view line) {
    std::lock_guard lock(logged->mutex);
    logged->lines.emplace_back(line);
  };
}

ApiTest::~ApiTest() {
  main_.reset();
  if (!socket_folder_.empty()) std::filesystem::remove_all(socket_folder_);
}

MainProcess& ApiTest::main() {
  if (main_) return *main_;
  auto created = MainProcess::Create(options_);
  if (!created.ok()) throw std::runtime_error(created.status().ToString());
  main_ = *std::move(created);
  return *main_;
}

WebContents& ApiTest::LaunchInproc(std::function<void(RendererProcess&)> body) {
  auto launched = main().LaunchInproc(std::move(body));
  if (!launched.ok()) throw std::runtime_error(launched.status().ToString());
  return **launched;
}

std::string ApiTest::Listen(ListenOptions listen) {
  socket_folder_ = std::filesystem::temp_directory_path() / "ipc-api-XXXXXX";
  if (mkdtemp(socket_folder_.data()) == nullptr) throw std::runtime_error("mkdtemp");
  listen.path = socket_folder_ + "/main";
  absl::Status listening = main().Listen(listen);
  if (!listening.ok()) throw std::runtime_error(listening.ToString());
  return listen.path;
}

void ApiTest::RunUntil(const std::function<bool()>& is_done, Where where) {
  EventLoop& loop = main().loop();
  const auto give_up = steady_clock::now() + kPatience;
  while (!is_done()) {
    auto left = std::chrono::ceil<milliseconds>(give_up - steady_clock::now());
    pollfd ready{.fd = loop.fd(), .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0) {
      throw std::runtime_error(absl::StrCat(where.file_name(), ":", where.line(),
                                            ": still waiting after 10 s; the log:\n",
                                            absl::StrJoin(log(), "\n")));
    }
    const auto before = steady_clock::now();
    loop.Dispatch();
    longest_turn_ = std::max(longest_turn_, steady_clock::now() - before);
  }
}

std::vector<std::string> ApiTest::log() const {
  std::lock_guard lock(logged_->mutex);
  return logged_->lines;
}

}  // namespace ipc
