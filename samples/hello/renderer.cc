// The examples of Electron's ipcMain and ipcRenderer documents, the renderer's half.
#include <cstdlib>
#include <iostream>

#include "runtime/api/renderer_process.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

// What nobody handles is an error, never a call that hangs.
void InvokeUnknown(ipc::RendererProcess& renderer) {
  renderer.ipc_renderer().Invoke("no-such-channel").Then([&](absl::StatusOr<ipc::Value> result) {
    std::cout << "renderer     " << result.status().message() << std::endl;
    renderer.Quit();
  });
}

// ipcRenderer.invoke('some-name', someArgument).then((result) => { ... })
void InvokeSomeName(ipc::RendererProcess& renderer) {
  renderer.ipc_renderer().Invoke("some-name", 21).Then([&](absl::StatusOr<ipc::Value> result) {
    if (result.ok()) std::cout << "renderer     some-name answered " << *result << std::endl;
    InvokeUnknown(renderer);
  });
}

}  // namespace

int main() {
  auto renderer = ipc::RendererProcess::Create();
  if (!renderer.ok()) return Fail(renderer.status());
  ipc::IpcRenderer& ipc_renderer = (*renderer)->ipc_renderer();

  ipc_renderer.On("did-finish-load", [](ipc::IpcRendererEvent&, const ipc::Args& args) {
    std::cout << "renderer  <- main      send      did-finish-load " << args[0] << " " << args[1]
              << std::endl;
  });

  // console.log(ipcRenderer.sendSync('synchronous-message', 'ping'))
  absl::StatusOr<ipc::Value> pong = ipc_renderer.SendSync("synchronous-message", "ping");
  if (!pong.ok()) return Fail(pong.status());
  std::cout << "renderer     synchronous-message answered " << *pong << std::endl;

  // ipcRenderer.on('asynchronous-reply', (event, arg) => { console.log(arg) })
  ipc_renderer.On("asynchronous-reply", [](ipc::IpcRendererEvent&, const ipc::Args& args) {
    std::cout << "renderer  <- main      send      asynchronous-reply " << args[0] << std::endl;
  });
  ipc_renderer.Send("asynchronous-message", "ping").IgnoreError();

  // const result = await ipcRenderer.invoke('my-invokable-ipc', arg1, arg2)
  ipc_renderer.Invoke("my-invokable-ipc", "hello", "world")
      .Then([&](absl::StatusOr<ipc::Value> result) {
        if (result.ok())
          std::cout << "renderer     my-invokable-ipc answered " << *result << std::endl;
        InvokeSomeName(**renderer);
      });

  (*renderer)->Run();
  return EXIT_SUCCESS;
}
