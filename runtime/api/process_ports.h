// The MessagePorts of one process: makes them for the ports that LocalPorts knows by id, and checks
// those that are to be transferred.
//
// Ownership   MainPorts or RendererPorts owns it. MessagePorts may outlive it; they are closed
// then. Threads     The loop's sequence.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/api/message_port.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/local_ports.h"

namespace ipc {

class ProcessPorts {
 public:
  struct Options {
    size_t max_opened;
    size_t max_waiting;
    std::shared_ptr<TaskRunner> runner;
    LogSink log;
  };

  ProcessPorts(PortUplink* uplink, Options options);
  ProcessPorts(const ProcessPorts&) = delete;
  ProcessPorts& operator=(const ProcessPorts&) = delete;
  ~ProcessPorts();

  LocalPorts& local() { return local_; }
  std::pair<MessagePort, MessagePort> OpenChannel();
  // Ports that have arrived.
  std::vector<MessagePort> Adopt(absl::Span<const PortId> ids);

  // Gives `transfer` away in a message on a channel, which `send` sends.
  using Send = absl::FunctionRef<absl::Status(absl::Span<const PortId> ids)>;
  absl::Status GiveAway(absl::Span<const MessagePort> transfer, Send send);

 private:
  friend class MessagePort;

  // The ids of what may be transferred, through `source` if that is not null.
  // Errors: INVALID_ARGUMENT with Electron's text; RESOURCE_EXHAUSTED.
  absl::StatusOr<std::vector<PortId>> CheckTransfer(absl::Span<const MessagePort> transfer,
                                                    const MessagePort::State* source);
  // They are of no more use here.
  static void Neuter(absl::Span<const MessagePort> transfer);
  MessagePort Make(PortId id);
  MessagePort MakeClosed();

  const Options options_;
  std::shared_ptr<ProcessPorts*> self_ = std::make_shared<ProcessPorts*>(this);
  LocalPorts local_;
};

}  // namespace ipc
