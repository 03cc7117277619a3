// Ports in a renderer, and what it says to main about them.
//
// Ownership   RendererProcess owns it.
// Threads     The loop's sequence.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/api/message_port.h"
#include "runtime/api/process_ports.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/port_frames.h"
#include "runtime/wire/limits.h"

namespace ipc {

class RendererPorts {
 public:
  RendererPorts(PortFrameSink send, std::shared_ptr<TaskRunner> runner, const Limits& limits,
                LogSink log)
      : uplink_(std::move(send)),
        ports_(&uplink_, {.max_opened = limits.ports,
                          .max_waiting = limits.port_bytes,
                          .runner = std::move(runner),
                          .log = std::move(log)}) {
    uplink_.SetPorts(&ports_.local());
  }
  RendererPorts(const RendererPorts&) = delete;
  RendererPorts& operator=(const RendererPorts&) = delete;

  PortFrameHandler* frames() { return &uplink_; }
  std::pair<MessagePort, MessagePort> OpenChannel() { return ports_.OpenChannel(); }

  // The ports that a message of main came with.
  std::vector<MessagePort> Receive(absl::Span<const PortId> ports) { return ports_.Adopt(ports); }
  // Gives `transfer` away in a message that `send` sends to main.
  // Errors: INVALID_ARGUMENT, with Electron's text; RESOURCE_EXHAUSTED; those of `send`.
  absl::Status Send(absl::Span<const MessagePort> transfer, ProcessPorts::Send send) {
    return ports_.GiveAway(transfer, send);
  }

  // Main is gone.
  void OnDisconnected() { ports_.local().OnDisconnected(); }

 private:
  RemotePortUplink uplink_;
  ProcessPorts ports_;
};

}  // namespace ipc
