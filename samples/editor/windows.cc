#include "samples/editor/windows.h"

#include <utility>

#include "samples/editor/story.h"

namespace editor {

// The editor is ours. A preview reads whatever the user opens, and a plugin is somebody else's:
// they may only leave a line.
bool Windows::MayUse(const ipc::MessageOrigin& from, std::string_view channel) {
  const ipc::WebContents* sender = from.sender().get();
  if (sender == nullptr) return false;
  return sender->role() == "editor" || channel == "log";
}

Windows::Windows(ipc::MainProcess& main, std::filesystem::path programs)
    : main_(main), programs_(std::move(programs)) {}

absl::Status Windows::Start() {
  Tell("main", "starts the editor and the preview");
  absl::StatusOr<ipc::WebContents*> editor = Launch("editor", "editor");
  if (!editor.ok()) return editor.status();
  absl::StatusOr<ipc::WebContents*> preview = Launch("preview", "preview");
  if (!preview.ok()) return preview.status();
  editor_ = (*editor)->ref();
  preview_ = (*preview)->ref();

  (*editor)->render_process_gone().Add([this](const auto&) { CloseEverything(); });
  (*preview)->render_process_gone().Add(
      [this](const ipc::RenderProcessGoneDetails& details) { OnPreviewGone(details); });

  // Untyped, because ports travel with a postMessage; and heard from the editor alone.
  (*editor)->ipc().On("connect-preview", [this](ipc::IpcMainEvent& event, const ipc::Args&) {
    ConnectPreview(event);
  });
  return absl::OkStatus();
}

ipc::Promise<WindowLoadPluginResponse> Windows::LoadPlugin(ipc::IpcMainInvokeEvent& event,
                                                           std::string name) {
  Hear("main", "editor", "invoke window.LoadPlugin ", name);
  if (name != "spelling") return absl::NotFoundError("there is no plugin '" + name + "'");
  absl::StatusOr<ipc::WebContents*> plugin = Launch(name, "plugin", event.sender().id());
  if (!plugin.ok()) return plugin.status();
  return WindowLoadPluginResponse{.guest_id = (*plugin)->id().value()};
}

void Windows::Close(ipc::IpcMainEvent& event) {
  Hear("main", "editor", "send   window.Close");
  WindowWebContents(event.sender())
      .MayClose()
      .Then([this](absl::StatusOr<WindowMayCloseResponse> answer) {
        // One that does not answer in time is not asked again.
        was_closed_ = !answer.ok() || answer->yes;
        Tell("main", was_closed_ ? "closes everything" : "stays open");
        if (was_closed_) CloseEverything();
      });
}

absl::StatusOr<ipc::WebContents*> Windows::Launch(const std::string& program, std::string role,
                                                  ipc::WebContentsId embedder_id) {
  return main_.Launch(
      {.program = programs_ / program, .role = std::move(role), .embedder_id = embedder_id});
}

// The editor has made a channel and keeps one end; the other one goes on to the preview, and what
// the two say to each other is nobody else's business.
void Windows::ConnectPreview(const ipc::IpcMainEvent& event) {
  Hear("main", "editor", "send   connect-preview, with a port");
  preview_.PostMessage("connect", ipc::Value(), event.ports()).IgnoreError();
}

void Windows::OnPreviewGone(const ipc::RenderProcessGoneDetails& details) {
  if (is_closing_) return;  // it was told to leave
  Tell("main", "the preview is gone: ", ipc::ToString(details.reason));
  const absl::Status restarted = RestartPreview(details);
  if (restarted.ok()) {
    Tell("main", "starts it again");
  } else {
    Tell("main", "does not start it again: ", restarted.message());
  }
  WindowWebContents(editor_).PreviewGone().IgnoreError();
}

absl::Status Windows::RestartPreview(const ipc::RenderProcessGoneDetails& details) {
  // It would not come up the next time either.
  if (details.reason == ipc::ExitReason::kLaunchFailed) return absl::AbortedError(details.message);
  return preview_.get()->Reload();
}

void Windows::CloseEverything() {
  is_closing_ = true;
  main_.Quit();
}

}  // namespace editor
