// A typed channel: its wire name, and the C++ types that travel on it. The generator prints one
// constant a channel; everything else follows from its type.
//
//   constexpr ipc::InvokeChannel<NotesReadParams, ipc::Result<Note, NoteError>> kNotesRead{
//       "notes.Read", 2000};
//
// Params is a generated struct, or ipc::Args for a channel declared `(any... args)`, which travels
// as JSON. Response is a generated struct, a Result, or void. Who receives Params of more than
// max_bytes, in whichever form, refuses them unread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace ipc {

// Of a channel without [MaxBytes]: as many as any message may have.
inline constexpr size_t kAnySize = std::numeric_limits<size_t>::max();

// renderer -> main, no answer.
template <typename Params>
struct SendChannel {
  std::string_view name;
  size_t max_bytes = kAnySize;
};

// renderer -> main, one answer.
template <typename Params, typename Response>
struct InvokeChannel {
  std::string_view name;
  int64_t deadline_ms = 0;  // [DeadlineMs]; 0: the caller's default
  size_t max_bytes = kAnySize;
};

// renderer -> main, one answer; the renderer blocks.
template <typename Params, typename Response>
struct SyncChannel {
  std::string_view name;
  int64_t deadline_ms = 0;
  size_t max_bytes = kAnySize;
};

// main -> renderer, no answer.
template <typename Params>
struct EmitChannel {
  std::string_view name;
  size_t max_bytes = kAnySize;
};

// main -> renderer, one answer.
template <typename Params, typename Response>
struct AskChannel {
  std::string_view name;
  int64_t deadline_ms = 0;
  size_t max_bytes = kAnySize;
};

// renderer -> another renderer, through main; no answer.
template <typename Params>
struct RelayChannel {
  std::string_view name;
  size_t max_bytes = kAnySize;
};

// guest -> its embedder, through main; no answer.
template <typename Params>
struct HostChannel {
  std::string_view name;
  size_t max_bytes = kAnySize;
};

}  // namespace ipc
