// Ports in main: the table that routes all of them, and the home of main's own.
//
// Ownership   MainProcess owns it.
// Threads     The loop's sequence. What main's own ports hear comes by tasks, never from inside a
//             call.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/api/message_port.h"
#include "runtime/api/process_ports.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/task_runner.h"
#include "runtime/core/local_ports.h"
#include "runtime/core/port_home.h"
#include "runtime/core/port_table.h"
#include "runtime/wire/limits.h"

namespace ipc {

class MainPorts final : private PortUplink, private PortHome {
 public:
  MainPorts(std::shared_ptr<TaskRunner> runner, const Limits& limits, LogSink log);
  MainPorts(const MainPorts&) = delete;
  MainPorts& operator=(const MainPorts&) = delete;

  PortTable& table() { return table_; }
  std::pair<MessagePort, MessagePort> OpenChannel() { return ports_.OpenChannel(); }

  // The ports that a message of `from` came with. Errors: INVALID_ARGUMENT, it has no such ports.
  absl::StatusOr<std::vector<MessagePort>> Receive(WebContentsId from,
                                                   absl::Span<const PortId> ports);
  // Gives `transfer` away in a message that `send` sends to `to`.
  // Errors: INVALID_ARGUMENT, with Electron's text; RESOURCE_EXHAUSTED; those of `send`.
  absl::Status Send(WebContentsId to, absl::Span<const MessagePort> transfer,
                    ProcessPorts::Send send);

 private:
  // PortUplink.
  void Open(PortId one, PortId other) override;
  absl::Status Post(PortId port, const PayloadWriter& payload,
                    absl::Span<const PortId> carried) override;
  void Start(PortId port) override;
  void Take(PortId port, uint64_t count) override;
  void Close(PortId port) override;

  // PortHome.
  absl::Status SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                           absl::Span<const PortId> carried) override;
  void SendClose(PortId port) override;
  void SendCredit(size_t cost) override { ports_.local().OnCredit(cost); }

  // Runs `task` with our ports from the loop, if there are still any.
  void Later(absl::AnyInvocable<void(LocalPorts&)> task);

  const std::shared_ptr<TaskRunner> runner_;
  const std::shared_ptr<MainPorts*> self_ = std::make_shared<MainPorts*>(this);
  ProcessPorts ports_;
  PortTable table_;  // goes first: it tells our ports, and the other homes, no more
};

}  // namespace ipc
