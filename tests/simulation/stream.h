// The frames of one way, in the order its pipe took them, until the end that receives has shown
// that it dealt with them.
#pragma once

#include <deque>

#include "runtime/wire/frame.h"
#include "tests/simulation/messages.h"

namespace ipc::simulation {

struct SentFrame {
  FrameKind kind;
  CallId call_id;
  MessageId message;       // of a send, an invoke, a sync
  bool is_forged = false;  // no peer of ours sends it: it ends the connection
  bool is_taken = false;   // the answer of a synchronous call, which overtook what is before it
};

using Stream = std::deque<SentFrame>;

}  // namespace ipc::simulation
