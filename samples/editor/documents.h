// The documents of the application, in main, which alone may change them.
//
// Ownership   The creator owns it; it outlives the Registration that binds it.
// Threads     The loop's sequence.
#pragma once

#include <map>
#include <string>

#include "samples/editor/editor.ipc.h"

namespace editor {

class Documents final : public DocumentsIpcMain {
 public:
  ipc::Promise<ipc::Result<Document, DocumentError>> Open(ipc::IpcMainInvokeEvent& event,
                                                          std::string name) override;
  ipc::Promise<ipc::Result<Document, DocumentError>> Save(ipc::IpcMainInvokeEvent& event,
                                                          Document document) override;

 private:
  std::map<std::string, Document> documents_;
};

}  // namespace editor
