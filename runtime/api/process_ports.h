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

  // Sends `transfer`, through `source` if that is not null. What has been sent is of no more use
  // here; when it fails, nothing has changed.
  // Errors: INVALID_ARGUMENT with Electron's text; RESOURCE_EXHAUSTED; those of `send`.
  absl::Status Transfer(absl::Span<const MessagePort> transfer, const MessagePort::State* source,
                        Send send);
  absl::Status CheckTransfer(absl::Span<const MessagePort> transfer,
                             const MessagePort::State* source) const;
  // The ids of `transfer`. Ports that are closed travel as ones whose other end is gone, which
  // their new owner hears: they are opened for it, and noted in `opened`.
  absl::StatusOr<std::vector<PortId>> NameAll(absl::Span<const MessagePort> transfer,
                                              std::vector<MessagePort::State*>& opened);
  MessagePort Make(PortId id);
  MessagePort MakeClosed();

  const Options options_;
  std::shared_ptr<ProcessPorts*> self_ = std::make_shared<ProcessPorts*>(this);
  LocalPorts local_;
};

}  // namespace ipc
