#include "samples/editor/documents.h"

#include "samples/editor/story.h"

namespace editor {

ipc::Promise<ipc::Result<Document, DocumentError>> Documents::Open(ipc::IpcMainInvokeEvent&,
                                                                   std::string name) {
  Hear("main", "editor", "invoke documents.Open ", name);
  auto found = documents_.find(name);
  if (found == documents_.end()) return DocumentError::NotFound(name);
  return found->second;
}

ipc::Promise<ipc::Result<Document, DocumentError>> Documents::Save(ipc::IpcMainInvokeEvent&,
                                                                   Document document) {
  Hear("main", "editor", "invoke documents.Save ", document.name);
  Document& stored = documents_[document.name];
  if (document.revision != stored.revision) return DocumentError::Outdated(stored.revision);
  ++document.revision;
  return stored = document;
}

}  // namespace editor
