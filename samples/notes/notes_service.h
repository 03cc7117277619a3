// The notes of all windows, in main: what answers the channels of notes.ipc.
//
// Ownership   The creator owns it; it outlives the Registration that binds it.
// Threads     The loop's sequence.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "samples/notes/notes.ipc.h"

namespace notes {

class NotesService final : public NotesIpcMain {
 public:
  // `print` hears of every message and who sent it; `tell_everybody` emits Changed to all windows.
  using Print = std::function<void(const ipc::MessageOrigin& from, const std::string& what)>;
  using TellEverybody = std::function<void(const Note& note)>;

  NotesService(Print print, TellEverybody tell_everybody);

  void Typing(ipc::IpcMainEvent& event, uint64_t note_id) override;
  ipc::Promise<ipc::Result<Note, NoteError>> Read(ipc::IpcMainInvokeEvent& event,
                                                  uint64_t id) override;
  ipc::Promise<ipc::Result<Note, NoteError>> Save(ipc::IpcMainInvokeEvent& event,
                                                  Note note) override;
  ipc::Promise<NotesVersionResponse> Version(ipc::IpcMainEvent& event) override;
  void Message(ipc::IpcMainEvent& event, ipc::Args args) override;

 private:
  Print print_;
  TellEverybody tell_everybody_;
  std::map<uint64_t, Note> notes_;
  uint64_t last_id_ = 0;
};

}  // namespace notes
