// What the user sees, as main has it: an editor, a preview beside it, plugins inside of the editor.
// Main starts their processes, brings the preview back when it ends, however that was, says who may
// use which of its channels, and asks the editor before everything closes.
//
// Ownership   The creator owns it; main outlives it, and it outlives the Registration that binds
//             it.
// Threads     The loop's sequence.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/api/main_process.h"
#include "samples/editor/editor.ipc.h"

namespace editor {

class Windows final : public WindowIpcMain {
 public:
  // For MainProcessOptions::allow.
  static bool MayUse(const ipc::MessageOrigin& from, std::string_view channel);

  // `programs` is the folder of the renderers' programs.
  Windows(ipc::MainProcess& main, std::filesystem::path programs);

  // Starts the editor and the preview.
  absl::Status Start();
  // The user has closed the window, and the editor agreed.
  bool was_closed() const { return was_closed_; }

  ipc::Promise<WindowLoadPluginResponse> LoadPlugin(ipc::IpcMainInvokeEvent& event,
                                                    std::string name) override;
  void Close(ipc::IpcMainEvent& event) override;

 private:
  absl::StatusOr<ipc::WebContents*> Launch(const std::string& program, std::string role,
                                           ipc::WebContentsId embedder_id = {});
  void ConnectPreview(const ipc::IpcMainEvent& event);
  void OnPreviewGone(const ipc::RenderProcessGoneDetails& details);
  absl::Status RestartPreview(const ipc::RenderProcessGoneDetails& details);
  void CloseEverything();

  ipc::MainProcess& main_;
  const std::filesystem::path programs_;
  ipc::WebContentsRef editor_;
  ipc::WebContentsRef preview_;
  bool is_closing_ = false;
  bool was_closed_ = false;
};

}  // namespace editor
