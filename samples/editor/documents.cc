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
  auto found = documents_.find(document.name);
  const uint32_t revision = found == documents_.end() ? 0 : found->second.revision;
  if (document.revision != revision) return DocumentError::Outdated(revision);
  ++document.revision;
  return documents_[document.name] = document;
}

}  // namespace editor
