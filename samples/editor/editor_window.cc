#include "samples/editor/editor_window.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "runtime/api/message_channel.h"
#include "runtime/codec/entry.h"
#include "samples/editor/story.h"

namespace editor {

EditorWindow::EditorWindow(ipc::RendererProcess& renderer)
    : renderer_(renderer),
      documents_(renderer.ipc_renderer()),
      window_(renderer.ipc_renderer()),
      spelling_(renderer.ipc_renderer()) {
  window_.OnPreviewGone([this](ipc::IpcRendererEvent&) { OnPreviewGone(); });
  window_.HandleMayClose([this](ipc::IpcRendererInvokeEvent&) { return MayClose(); })
      .IgnoreError();  // fails only where somebody else handles it
}

EditorWindow::~EditorWindow() {
  for (Awaited* awaited : {&updating_, &checking_}) renderer_.loop().CancelTimer(awaited->timer);
}

// A call has its deadline from editor.ipc; what comes through a port, or from a guest, need not
// come at all.
ipc::Promise<void> EditorWindow::Await(Awaited& awaited, std::string whom) {
  renderer_.loop().CancelTimer(awaited.timer);
  awaited.timer = renderer_.loop().StartTimer(renderer_.loop().Now() + kPatience, [&awaited, whom] {
    awaited.end.Reject(absl::DeadlineExceededError(whom + " does not answer"));
  });
  awaited.end = {};
  return awaited.end.promise();
}

ipc::Promise<void> EditorWindow::Open(std::string name) {
  return documents_.Open(name).Then([this, name](Answer opened) { return OnOpened(name, opened); });
}

// The three ways in which a call with a typed error ends.
absl::Status EditorWindow::OnOpened(const std::string& name, const Answer& opened) {
  if (!opened.ok()) return opened.status();
  if (opened->ok()) {
    document_ = opened->value();
    return absl::OkStatus();
  }
  if (!opened->error().is_not_found()) return absl::InternalError("what cannot happen to an Open");
  Tell("editor", "finds no ", opened->error().not_found(), ", and begins one");
  document_ = {.name = name};
  return absl::OkStatus();
}

ipc::Promise<void> EditorWindow::Write(std::string text) {
  document_.text = std::move(text);
  is_changed_ = true;
  return UpdatePreview();
}

ipc::Promise<void> EditorWindow::Save() {
  return documents_.Save(document_).Then([this](Answer saved) { return OnSaved(saved); });
}

absl::Status EditorWindow::OnSaved(const Answer& saved) {
  if (!saved.ok()) return saved.status();
  if (!saved->ok()) return absl::AbortedError("somebody else has saved it meanwhile");
  document_.revision = (*saved)->revision;
  is_changed_ = false;
  Tell("editor", "has saved revision ", document_.revision);
  return absl::OkStatus();
}

// One end stays here; the other one goes to main, which passes it on.
ipc::Promise<void> EditorWindow::OpenPreview() {
  ipc::MessageChannel channel(renderer_);
  preview_ = channel.port1;
  preview_.message().Add([this](ipc::MessagePortEvent& event) { OnOutline(event.data()); });
  preview_.close().Add([this] { preview_ = ipc::MessagePort(); });
  preview_.Start();
  absl::Status sent =
      renderer_.ipc_renderer().PostMessage("connect-preview", ipc::Value(), {channel.port2});
  if (!sent.ok()) return sent;
  return UpdatePreview();
}

ipc::Promise<void> EditorWindow::UpdatePreview() {
  if (!preview_) return absl::OkStatus();
  absl::Status posted = preview_.PostMessage(ipc::ToJsonValue(document_));
  if (!posted.ok()) return posted;
  return Await(updating_, "the preview");
}

void EditorWindow::OnOutline(const ipc::Value& message) {
  absl::StatusOr<Outline> outline = ipc::FromJsonValue<Outline>(message, "outline");
  if (!outline.ok()) return updating_.end.Reject(outline.status());
  Hear("editor", "preview", "port   ", outline->words, " words; ",
       absl::StrJoin(outline->headings, "; "));
  updating_.end.Resolve();
}

// Its port has closed with it. Until the user opens it again there is nothing to update.
void EditorWindow::OnPreviewGone() {
  Hear("editor", "main", "emit   window.PreviewGone");
  updating_.end.Resolve();
}

ipc::Promise<void> EditorWindow::CheckSpelling() {
  return window_.LoadPlugin("spelling")
      .Then([this](WindowLoadPluginResponse loaded) -> ipc::Promise<void> {
        plugin_.emplace(renderer_, ipc::WebContentsId(loaded.guest_id));
        SpellingWebView(*plugin_).OnMisspelled(
            [this](ipc::IpcRendererEvent&, std::vector<std::string> words) {
              OnMisspelled(words);
            });
        absl::Status sent = spelling_.Check(plugin_->guest_id(), document_.text);
        if (!sent.ok()) return sent;
        return Await(checking_, "the plugin");
      });
}

void EditorWindow::OnMisspelled(const std::vector<std::string>& words) {
  Hear("editor", "plugin", "host   spelling.Misspelled ", absl::StrJoin(words, ", "));
  checking_.end.Resolve();
}

ipc::Promise<void> EditorWindow::Close() { return window_.Close(); }

ipc::Promise<WindowMayCloseResponse> EditorWindow::MayClose() {
  Hear("editor", "main", "ask    window.MayClose");
  if (!is_changed_) return WindowMayCloseResponse{.yes = true};
  Tell("editor", "has changes, and saves them first");
  return Save().Then([](absl::Status saved) { return WindowMayCloseResponse{.yes = saved.ok()}; });
}

}  // namespace editor
