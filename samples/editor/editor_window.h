// The editor: what a user can do in it, in its renderer. It asks main for documents, feeds the
// preview through a port, and has a plugin as its guest.
//
// Ownership   The creator owns it; the RendererProcess outlives it.
// Threads     The loop's sequence.
// Errors      A promise fails with what went wrong on the way, for the user to read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/api/renderer_process.h"
#include "runtime/api/web_view.h"
#include "samples/editor/editor.ipc.h"

namespace editor {

class EditorWindow {
 public:
  // How long another renderer may take to answer.
  static constexpr ipc::milliseconds kPatience{5'000};

  explicit EditorWindow(ipc::RendererProcess& renderer);
  EditorWindow(const EditorWindow&) = delete;
  EditorWindow& operator=(const EditorWindow&) = delete;
  ~EditorWindow();

  // Each ends when all that follows from it has happened.
  ipc::Promise<void> Open(std::string name);
  ipc::Promise<void> Write(std::string text);
  ipc::Promise<void> Save();
  ipc::Promise<void> OpenPreview();
  ipc::Promise<void> CheckSpelling();
  ipc::Promise<void> Close();

 private:
  using Answer = absl::StatusOr<ipc::Result<Document, DocumentError>>;

  // What another renderer ends, or time.
  struct Awaited {
    ipc::Resolver<void> end;
    ipc::TimerId timer;
  };

  ipc::Promise<void> Await(Awaited& awaited, std::string whom);
  absl::Status OnOpened(const std::string& name, const Answer& opened);
  absl::Status OnSaved(const Answer& saved);
  ipc::Promise<void> UpdatePreview();
  void OnOutline(const ipc::Value& message);
  void OnPreviewGone();
  void OnMisspelled(const std::vector<std::string>& words);
  ipc::Promise<WindowMayCloseResponse> MayClose();

  ipc::RendererProcess& renderer_;
  DocumentsIpcRenderer documents_;
  WindowIpcRenderer window_;
  SpellingIpcRenderer spelling_;

  Document document_;
  bool is_changed_ = false;
  ipc::MessagePort preview_;
  Awaited updating_;  // until the preview has answered, or is gone
  std::optional<ipc::WebView> plugin_;
  Awaited checking_;  // until the plugin has answered
};

}  // namespace editor
