// The editor sample, the renderer that a user sees.
#include <cstdlib>
#include <iostream>

#include "runtime/api/renderer_process.h"
#include "samples/editor/editor_window.h"
#include "samples/editor/user.h"

int main() {
  auto renderer = ipc::RendererProcess::Create({.role = "editor"});
  if (!renderer.ok()) {
    std::cerr << renderer.status() << "\n";
    return EXIT_FAILURE;
  }
  editor::EditorWindow window(**renderer);
  editor::User user(window, [&] { (*renderer)->Quit(); });
  user.TakeNextStep();
  (*renderer)->Run();
  return EXIT_SUCCESS;
}
