// The fixture of the tests of ports: a channel between main and a renderer that reports what it
// hears.
#pragma once

#include <deque>
#include <utility>

#include "runtime/api/message_channel.h"
#include "tests/electron/contract.h"

namespace ipc {

// Reports what comes through `port`, and its end. Refers to the renderer, holds no handle.
void ReportAll(RendererProcess& renderer, const MessagePort& port);

class PortContract : public ElectronContract {
 protected:
  // A channel of main, one end of which lives in a new renderer that does what main says: "start",
  // "post", "close", "drop", "transfer" (to main, on "given").
  WebContents& StartWithPort();

  // What comes through `port`, and its end, from now on.
  void Hear(const MessagePort& port);
  Value NextHeard();

  MessagePort port_;  // the end that stayed in main
  std::deque<Value> heard_;
};

}  // namespace ipc
