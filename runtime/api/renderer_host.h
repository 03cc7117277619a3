// What a WebContents needs of the process, or the thread, that its renderer runs in.
//
// Two kinds: a process that main launched (LaunchedRenderer), a thread of main (InprocRenderer). A
// renderer that came in through the front door has none: its connection is all there is.
#pragma once

#include <cstdint>

namespace ipc {

class RendererHost {
 public:
  virtual ~RendererHost() = default;  // ends it, within about a second

  virtual int32_t pid() const = 0;
  // Ends it without asking. Its exit is told to the WebContents, later.
  virtual void Kill() = 0;
};

}  // namespace ipc
