// The examples of Electron's ipcMain and ipcRenderer documents, main's half. It launches one
// renderer (renderer.cc), answers it, speaks to it unasked, and ends when it has gone.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <thread>

#include "runtime/api/main_process.h"

namespace {

// What the documents call `await somePromise(...args)`: it answers later, from a thread.
ipc::Promise<ipc::Value> JoinSlowly(ipc::Array words) {
  ipc::Resolver<ipc::Value> resolver;
  ipc::Promise<ipc::Value> promise = resolver.promise();
  std::thread([resolver = std::move(resolver), words = std::move(words)]() mutable {
    std::string text;
    for (const ipc::Value& word : words) text += (text.empty() ? "" : " ") + word.string();
    resolver.Resolve(text);
  }).detach();
  return promise;
}

void Listen(ipc::IpcMain& ipc_main) {
  // ipcMain.on('asynchronous-message', (event, arg) => { ... })
  ipc_main.On("asynchronous-message", [](ipc::IpcMainEvent& event, const ipc::Args& args) {
    std::cout << "main      <- renderer  send      asynchronous-message " << args[0] << std::endl;
    event.Reply("asynchronous-reply", "pong").IgnoreError();
    event.sender().Send("asynchronous-reply", "pong, by the sender").IgnoreError();
  });

  // ipcMain.on('synchronous-message', (event, arg) => { event.returnValue = 'pong' })
  ipc_main.On("synchronous-message", [](ipc::IpcMainEvent& event, const ipc::Args& args) {
    std::cout << "main      <- renderer  sendSync  synchronous-message " << args[0] << std::endl;
    event.SetReturnValue("pong");
  });
}

absl::Status Handle(ipc::IpcMain& ipc_main) {
  // ipcMain.handle('my-invokable-ipc', async (event, ...args) => await somePromise(...args))
  absl::Status status =
      ipc_main.Handle("my-invokable-ipc", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
        std::cout << "main      <- renderer  invoke    my-invokable-ipc "
                  << ipc::Value(args.values()) << std::endl;
        return JoinSlowly(args.values());
      });
  if (!status.ok()) return status;

  // ipcMain.handle('some-name', async (event, someArgument) => await doSomeWork(someArgument))
  return ipc_main.Handle("some-name", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
    std::cout << "main      <- renderer  invoke    some-name " << args[0] << std::endl;
    return ipc::Promise<ipc::Value>(args[0].int64() * 2);
  });
}

int Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

}  // namespace

int main(int, char** argv) {
  auto main = ipc::MainProcess::Create();
  if (!main.ok()) return Fail(main.status());
  Listen((*main)->ipc_main());
  if (absl::Status status = Handle((*main)->ipc_main()); !status.ok()) return Fail(status);

  std::filesystem::path renderer = std::filesystem::path(argv[0]).parent_path() / "renderer";
  absl::StatusOr<ipc::WebContents*> contents = (*main)->Launch({.program = renderer.string()});
  if (!contents.ok()) return Fail(contents.status());

  // webContents.send(channel, ...args): sent before the renderer is there, it waits for it.
  (*contents)->Send("did-finish-load", "whoooooooh!", 1).IgnoreError();

  ipc::ExitReason reason = ipc::ExitReason::kLaunchFailed;
  (*contents)->render_process_gone().Add([&](const ipc::RenderProcessGoneDetails& details) {
    reason = details.reason;
    std::cout << "main         the renderer is gone: " << ipc::ToString(reason) << std::endl;
    (*main)->Quit();
  });
  (*main)->Run();
  return reason == ipc::ExitReason::kCleanExit ? EXIT_SUCCESS : EXIT_FAILURE;
}
