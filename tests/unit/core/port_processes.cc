#include "tests/unit/core/port_processes.h"

namespace ipc {

Process::Process(PortUsers& the_users, WebContentsId the_id, const Limits& limits,
                 PortUplink* uplink)
    : users(the_users),
      id(the_id),
      ports(uplink, {.max_opened = limits.ports,
                     .max_waiting = limits.port_bytes,
                     .flush_later = [this] { needs_flush = true; }}) {}

UserPort& Process::Hold(PortId port_id, EndId end) {
  auto& port = held[port_id];
  port = std::make_unique<UserPort>();
  port->process = this;
  port->id = port_id;
  port->end = end;
  ports.Hold(port_id, port.get());
  return *port;
}

std::vector<PortId> Process::IdsOf(const std::vector<UserPort*>& user_ports) const {
  std::vector<PortId> ids;
  for (const UserPort* port : user_ports) ids.push_back(port->id);
  return ids;
}

void UserPort::OnPortMessage(const PayloadView& payload, absl::Span<const PortId> carried) {
  process->users.OnMessage(*this, payload, carried);
}

void UserPort::OnPortClosed() { process->users.OnClosed(*this); }

}  // namespace ipc
