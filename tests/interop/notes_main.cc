// A main for clients of other languages: the notes service on a unix socket, gRPC clients welcome.
//
//   notes_main SOCKET
//
// Prints a line for each message and ends when its first client has gone.
#include <cstdlib>
#include <iostream>
#include <string>

#include "runtime/api/main_process.h"
#include "samples/notes/notes_service.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

void Print(const ipc::MessageOrigin&, const std::string& what) { std::cout << what << std::endl; }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return Fail(absl::InvalidArgumentError("usage: notes_main SOCKET"));
  auto created = ipc::MainProcess::Create();
  if (!created.ok()) return Fail(created.status());
  ipc::MainProcess& main = **created;

  notes::NotesService service(Print, [&](const notes::Note& note) {
    for (ipc::WebContents* client : main.GetAllWebContents()) {
      notes::NotesWebContents(client->ref()).Changed(note).IgnoreError();
    }
  });
  absl::StatusOr<ipc::Registration> binding = notes::BindNotes(main.ipc_main(), service);
  if (!binding.ok()) return Fail(binding.status());
  absl::Status handled =
      main.ipc_main().Handle("add", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
        return ipc::Value(args[0].int64() + args[1].int64());
      });
  if (!handled.ok()) return Fail(handled);

  main.web_contents_created().Add([&](ipc::WebContents& client) {
    std::cout << "hello from a " << client.role() << std::endl;
    client.render_process_gone().Add([&](const ipc::RenderProcessGoneDetails&) { main.Quit(); });
  });
  absl::Status listening = main.Listen({.path = argv[1], .allow_grpc_clients = true});
  if (!listening.ok()) return Fail(listening);
  std::cout << "listening" << std::endl;
  main.Run();
  return EXIT_SUCCESS;
}
