#include "tests/electron/gate.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <system_error>

#include "tests/electron/renderer_body.h"

namespace ipc {
namespace {

std::filesystem::path NewPath() {
  static int made = 0;
  const std::string name = "ipc-gate-" + std::to_string(getpid()) + "-" + std::to_string(++made);
  return std::filesystem::temp_directory_path() / name;
}

}  // namespace

RENDERER_BODY(WaitsAtAGate) {
  renderer.ipc_renderer().On("block", [&](auto&, const Args& args) {
    std::ifstream gate(args[0].string());  // opening a fifo waits for one that writes
    Report(renderer, "done");
  });
  Report(renderer, "started");
  renderer.Run();
}

Gate::Gate() : path_(NewPath()) {
  if (mkfifo(path_.c_str(), 0600) != 0) {
    throw std::system_error(errno, std::generic_category(), "mkfifo " + path_.string());
  }
}

// A test that failed leaves nobody waiting.
Gate::~Gate() {
  Open();
  std::filesystem::remove(path_);
}

// Both ends at once, since an end to write alone would wait for one that reads.
void Gate::Open() { end_.Reset(open(path_.c_str(), O_RDWR | O_CLOEXEC)); }

}  // namespace ipc
