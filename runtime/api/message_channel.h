// Two ports, each the other's peer; usually one or both are sent to somebody else.
//
// Beyond Limits::ports in one renderer, and once main is gone, both are closed from the start.
//
// Threads     The loop's sequence.
// From        electron MessageChannelMain, the web's MessageChannel.
#pragma once

#include <utility>

#include "runtime/api/message_port.h"

namespace ipc {

class MainProcess;
class RendererProcess;

struct MessageChannel {
  explicit MessageChannel(MainProcess& main);
  explicit MessageChannel(RendererProcess& renderer);

  MessagePort port1;
  MessagePort port2;

 private:
  explicit MessageChannel(std::pair<MessagePort, MessagePort> ports)
      : port1(std::move(ports.first)), port2(std::move(ports.second)) {}
};

using MessageChannelMain = MessageChannel;  // Electron's name for it in main

}  // namespace ipc
