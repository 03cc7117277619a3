// What all handles of one MessagePort share.
//
// Ownership   Shared by the handles; destroyed on the loop's sequence, wherever the last one goes.
//             Refers to its ProcessPorts weakly.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/api/message_port.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/event.h"
#include "runtime/core/local_ports.h"

namespace ipc {

class ProcessPorts;

class MessagePort::State final : public PortReceiver, public std::enable_shared_from_this<State> {
 public:
  enum class Life { kOpen, kClosed, kGivenAway };

  State(std::weak_ptr<ProcessPorts*> process, PortId id, Life life, const LogSink& log);
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  absl::Status Post(const Value& message, absl::Span<const MessagePort> transfer);
  void Start();
  void Close();
  void Neuter();

 private:
  friend class MessagePort;
  friend class ProcessPorts;

  void OnPortMessage(const PayloadView& payload, absl::Span<const PortId> carried) override;
  void OnPortClosed() override;
  // Observers often hold the port themselves: they go with its use.
  void End(Life life);

  const std::weak_ptr<ProcessPorts*> process_;
  PortId id_;
  Life life_;
  const LogSink log_;
  Event<MessagePortEvent&> message_;
  Event<> close_;
};

}  // namespace ipc
