// Notes, the renderers' half. The writer stores notes; the reader hears of them and reads them,
// once by its typed stub and once as an untyped caller would.
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>

#include "runtime/api/renderer_process.h"
#include "samples/notes/notes.ipc.h"

namespace {

using SavedNote = absl::StatusOr<ipc::Result<notes::Note, notes::NoteError>>;

class Writer {
 public:
  explicit Writer(ipc::RendererProcess& renderer)
      : renderer_(renderer), notes_(renderer.ipc_renderer()) {}

  void Start() {
    absl::StatusOr<notes::NotesVersionResponse> version = notes_.Version();
    Print("Version answered ", version.ok() ? version->version : version.status().ToString());
    notes_.Typing(1).IgnoreError();
    notes_.Message({"anything", 42, ipc::Object{{"nested", true}}}).IgnoreError();
    notes_.Save({.title = "Milk", .body = "and bread", .kind = notes::NoteKind::kTask})
        .Then([this](SavedNote saved) {
          PrintSaved(saved);
          SaveTooLong();
        });
  }

 private:
  void SaveTooLong() {
    notes_.Save({.title = std::string(notes::kMaxTitleBytes + 1, 'x')})
        .Then([this](SavedNote saved) {
          PrintSaved(saved);
          notes_.Read(99).Then([this](SavedNote read) {
            PrintSaved(read);
            renderer_.Quit();
          });
        });
  }

  // The three ways a call with a typed error ends.
  static void PrintSaved(const SavedNote& saved) {
    if (!saved.ok()) {
      Print("failed: ", saved.status().message());
    } else if (saved->ok()) {
      Print("answered ", saved->value());
    } else {
      Print("typed error ", saved->error());
    }
  }

  template <typename... Parts>
  static void Print(const Parts&... parts) {
    std::cout << "writer     ";
    (std::cout << ... << parts) << std::endl;
  }

  ipc::RendererProcess& renderer_;
  notes::NotesIpcRenderer notes_;
};

class Reader {
 public:
  explicit Reader(ipc::RendererProcess& renderer)
      : renderer_(renderer), notes_(renderer.ipc_renderer()) {}

  void Start() {
    notes_.OnChanged([this](ipc::IpcRendererEvent&, notes::Note note) {
      std::cout << "reader  <- main    emit   Changed(" << note << ")" << std::endl;
      ReadUntyped(note);
    });
    notes_
        .HandleConfirmClose([this](ipc::IpcRendererInvokeEvent&) {
          std::cout << "reader  <- main    ask    ConfirmClose()" << std::endl;
          ipc::Promise<notes::NotesConfirmCloseResponse> agreed = closing_.emplace().promise();
          AgreeWhenDone();
          return agreed;
        })
        .IgnoreError();  // fails only where somebody else handles it
  }

 private:
  // A typed channel is callable by its name with JSON, and checks what it gets.
  void ReadUntyped(const notes::Note& note) {
    renderer_.ipc_renderer()
        .Invoke("notes.Read", note.id)
        .Then([this](absl::StatusOr<ipc::Value> read) {
          if (read.ok())
            std::cout << "reader     untyped notes.Read answered " << *read << std::endl;
          SaveWrongly();
        });
  }

  void SaveWrongly() {
    renderer_.ipc_renderer()
        .Invoke("notes.Save", ipc::Object{{"id", 0}, {"title", 5}})
        .Then([this](absl::StatusOr<ipc::Value> saved) {
          std::cout << "reader     " << saved.status().message() << std::endl;
          CountWords();
        });
  }

  void CountWords() {
    renderer_.ipc_renderer()
        .Invoke("word-count", "one two three")
        .Then([this](absl::StatusOr<ipc::Value> n) {
          if (n.ok()) std::cout << "reader     word-count answered " << *n << std::endl;
          is_done_ = true;
          AgreeWhenDone();
        });
  }

  // Main may have asked already, or asks later.
  void AgreeWhenDone() {
    if (is_done_ && closing_) closing_->Resolve(notes::NotesConfirmCloseResponse{.ok = true});
  }

  ipc::RendererProcess& renderer_;
  notes::NotesIpcRenderer notes_;
  std::optional<ipc::Resolver<notes::NotesConfirmCloseResponse>> closing_;
  bool is_done_ = false;
};

}  // namespace

int main(int argc, char** argv) {
  std::string_view role = argc > 1 ? argv[1] : "writer";
  auto renderer =
      ipc::RendererProcess::Create({.role = std::string(role), .schemas = {notes::NotesSchema()}});
  if (!renderer.ok()) {
    std::cerr << renderer.status() << "\n";
    return EXIT_FAILURE;
  }
  Writer writer(**renderer);
  Reader reader(**renderer);
  if (role == "reader") {
    reader.Start();
  } else {
    writer.Start();
  }
  (*renderer)->Run();
  return EXIT_SUCCESS;
}
