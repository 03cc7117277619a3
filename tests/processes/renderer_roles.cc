#include "tests/processes/renderer_roles.h"

#include <poll.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>

#include "absl/strings/str_cat.h"
#include "runtime/api/renderer_process.h"
#include "runtime/base/strings.h"
#include "runtime/process/child_process.h"

namespace ipc::testing {
namespace {

constexpr std::string_view kOption = "--renderer=";

// Leaves a child that holds the socket until main has closed its end. The child of a program with
// threads may do nothing but system calls.
pid_t LeaveGrandchild() {
  const pid_t pid = _Fork();
  if (pid != 0) return pid;
  pollfd end{.fd = kRendererFd, .events = 0, .revents = 0};
  poll(&end, 1, -1);
  _exit(EXIT_SUCCESS);
}

void Serve(RendererProcess& renderer) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("fork", [&](IpcRendererEvent&, const Args&) {
    ipc.Send("forked", LeaveGrandchild()).IgnoreError();
  });
  ipc.Send("ready").IgnoreError();
  renderer.Run();
}

void Ignore(RendererProcess& renderer) {
  renderer.ipc_renderer().Send("ready").IgnoreError();
  for (;;) pause();
}

}  // namespace

RendererOptions RendererOf(std::string_view role) {
  return {.program = "/proc/self/exe", .args = {absl::StrCat(ToAbsl(kOption), ToAbsl(role))}};
}

std::optional<int> RunAsRenderer(int argc, char** argv) {
  if (argc != 2 || !std::string_view(argv[1]).starts_with(kOption)) return std::nullopt;
  const std::string_view role = std::string_view(argv[1]).substr(kOption.size());
  if (role == "dies") return 3;
  absl::StatusOr<std::unique_ptr<RendererProcess>> renderer =
      RendererProcess::Create({.log = [](LogLevel, std::string_view) {}});
  if (!renderer.ok()) return EXIT_FAILURE;
  if (role == "serves") {
    Serve(**renderer);
  } else {
    Ignore(**renderer);
  }
  return EXIT_SUCCESS;
}

}  // namespace ipc::testing
