#include "samples/notes/notes_service.h"

#include <chrono>
#include <utility>

#include "runtime/value/json_writer.h"

namespace notes {
namespace {

int64_t MicrosecondsSinceEpoch() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace

NotesService::NotesService(Print print, TellEverybody tell_everybody)
    : print_(std::move(print)), tell_everybody_(std::move(tell_everybody)) {}

void NotesService::Typing(ipc::IpcMainEvent& event, uint64_t note_id) {
  print_(event, "send   Typing(" + std::to_string(note_id) + ")");
}

ipc::Promise<ipc::Result<Note, NoteError>> NotesService::Read(ipc::IpcMainInvokeEvent& event,
                                                              uint64_t id) {
  print_(event, "invoke Read(" + std::to_string(id) + ")");
  auto found = notes_.find(id);
  if (found == notes_.end()) return NoteError::NotFound(id);
  return found->second;
}

ipc::Promise<ipc::Result<Note, NoteError>> NotesService::Save(ipc::IpcMainInvokeEvent& event,
                                                              Note note) {
  print_(event, "invoke Save(\"" + note.title + "\")");
  if (note.title.size() > kMaxTitleBytes) return NoteError::Invalid("the title is too long");

  if (note.id == 0) note.id = ++last_id_;
  note.edited_at.emplace().microseconds = MicrosecondsSinceEpoch();
  notes_[note.id] = note;
  tell_everybody_(note);
  return note;
}

ipc::Promise<NotesVersionResponse> NotesService::Version(ipc::IpcMainEvent& event) {
  print_(event, "sync   Version()");
  return NotesVersionResponse{"1.0"};
}

void NotesService::Message(ipc::IpcMainEvent& event, ipc::Args args) {
  print_(event, "send   asynchronous-message " + ipc::ToJson(ipc::Value(std::move(args).values())));
}

}  // namespace notes
