// Notes, main's half: typed channels, a typed error, an untyped channel beside them, and two
// renderers at once. notes.ipc is what they agree on, NotesService answers it.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "runtime/api/main_process.h"
#include "samples/notes/notes_service.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  return EXIT_FAILURE;
}

// One line a message, with the name of the renderer that sent it.
void Print(const ipc::MessageOrigin& from, const std::string& what) {
  ipc::WebContents* sender = from.sender().get();
  std::cout << "main    <- " << (sender ? sender->role() : "gone") << "  " << what << std::endl;
}

}  // namespace

int main(int, char** argv) {
  auto created = ipc::MainProcess::Create({.schemas = {notes::NotesSchema()}});
  if (!created.ok()) return Fail(created.status());
  ipc::MainProcess& main = **created;

  notes::NotesService service(Print, [&](const notes::Note& note) {
    for (ipc::WebContents* window : main.GetAllWebContents()) {
      notes::NotesWebContents(window->ref()).Changed(note).IgnoreError();
    }
  });
  absl::StatusOr<ipc::Registration> binding = notes::BindNotes(main.ipc_main(), service);
  if (!binding.ok()) return Fail(binding.status());

  // Untyped, beside them: no .ipc knows this channel.
  absl::Status handled = main.ipc_main().Handle(
      "word-count", [](ipc::IpcMainInvokeEvent& event, const ipc::Args& args) {
        Print(event, "invoke word-count");
        const std::string& text = args[0].string();
        return ipc::Value(std::count(text.begin(), text.end(), ' ') + 1);
      });
  if (!handled.ok()) return Fail(handled);

  // A window is closed when it agrees, and when it does not answer in time.
  auto close = [](ipc::WebContents& window) {
    notes::NotesWebContents(window.ref())
        .ConfirmClose()
        .Then([ref = window.ref()](absl::StatusOr<notes::NotesConfirmCloseResponse> confirmed) {
          ipc::WebContents* window = ref.get();
          if (window == nullptr) return;
          std::cout << "main       " << window->role() << " may be closed: "
                    << (confirmed.ok() ? (confirmed->ok ? "yes" : "no")
                                       : confirmed.status().message())
                    << std::endl;
          if (!confirmed.ok() || confirmed->ok) window->Close();
        });
  };

  int running = 0;
  std::filesystem::path program = std::filesystem::path(argv[0]).parent_path() / "renderer";
  for (std::string role : {"reader", "writer"}) {
    absl::StatusOr<ipc::WebContents*> window =
        main.Launch({.program = program.string(), .args = {role}, .role = role});
    if (!window.ok()) return Fail(window.status());
    ++running;
    (*window)->render_process_gone().Add([&, role](const ipc::RenderProcessGoneDetails& details) {
      std::cout << "main       " << role << " is gone: " << ipc::ToString(details.reason)
                << std::endl;
      if (--running == 0) return main.Quit();
      for (ipc::WebContents* other : main.GetAllWebContents()) {
        if (other->role() != role) close(*other);
      }
    });
  }
  main.Run();
  return EXIT_SUCCESS;
}
