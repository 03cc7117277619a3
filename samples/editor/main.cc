// The editor sample, main: it has the documents, starts the other processes, and decides what they
// may do. README.md has the picture.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "runtime/api/main_process.h"
#include "samples/editor/documents.h"
#include "samples/editor/story.h"
#include "samples/editor/windows.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

}  // namespace

int main(int, char** argv) {
  auto created = ipc::MainProcess::Create({.allow = editor::Windows::MayUse});
  if (!created.ok()) return Fail(created.status());
  ipc::MainProcess& main = **created;

  editor::Documents documents;
  auto documents_binding = editor::BindDocuments(main.ipc_main(), documents);
  if (!documents_binding.ok()) return Fail(documents_binding.status());

  editor::Windows windows(main, std::filesystem::path(argv[0]).parent_path());
  auto windows_binding = editor::BindWindow(main.ipc_main(), windows);
  if (!windows_binding.ok()) return Fail(windows_binding.status());

  // Untyped: any renderer may leave a line, of any JSON.
  main.ipc_main().On("log", [](ipc::IpcMainEvent& event, const ipc::Args& args) {
    const ipc::WebContents* sender = event.sender().get();
    editor::Hear("main", sender ? sender->role() : "nobody", "send   log ",
                 ipc::Value(args.values()));
  });

  if (absl::Status started = windows.Start(); !started.ok()) return Fail(started);
  main.Run();
  editor::Tell("main", "everybody has left");
  return windows.was_closed() ? EXIT_SUCCESS : EXIT_FAILURE;
}
