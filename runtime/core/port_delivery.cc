// How PortTable sends what waits, and how ports end.
#include <iterator>
#include <utility>

#include "runtime/core/internal/port_records.h"
#include "runtime/core/port_table.h"

namespace ipc {
namespace {

// Of a home's outbound limits: what ports may have under way there, and so what they leave to
// everybody else.
constexpr size_t kShareOfOutbound = 8;

// Credit is given back in parts of the limit this size or larger.
constexpr size_t kCreditsInLimit = 8;

}  // namespace

void PortTable::MarkReady(Port& port) {
  if (!port.is_started || port.turn != 0 || port.sent == port.queue.size()) return;
  port.turn = ++port.home->last_turn;
  port.home->ready[port.turn] = &port;
}

void PortTable::Pump(Home& home) {
  while (!home.is_blocked && !home.ready.empty()) {
    Port& port = *home.ready.begin()->second;
    if (!SendNext(home, port)) return;
    home.ready.erase(std::exchange(port.turn, 0));
    MarkReady(port);
    TellIfClosed(port);
  }
}

bool PortTable::SendNext(Home& home, Port& port) {
  Message& message = port.queue[port.sent];
  const bool is_full =
      home.frames_under_way >= limits_.outbound_frames / kShareOfOutbound ||
      home.bytes_under_way + message.cost > limits_.outbound_bytes / kShareOfOutbound;
  if (is_full && home.frames_under_way > 0) return false;
  // Waits until the renderer has closed some.
  if (!home.HasRoomFor(message.carried.size())) return false;

  message.names.clear();
  for (size_t i = 0; i < message.carried.size(); ++i) {
    message.names.push_back(PortId(home.last_reserved += 2));
  }
  const absl::Status sent = home.sink().SendMessage(port.name, message.payload, message.names);
  if (sent.ok()) {
    ++port.sent;
    ++home.frames_under_way;
    home.bytes_under_way += message.cost;
    home.offered += message.carried.size();
    return true;
  }
  home.is_blocked = absl::IsResourceExhausted(sent) || absl::IsUnavailable(sent);
  if (!home.is_blocked) Sever(port);
  return !home.is_blocked;
}

// A message that can never arrive must not be skipped either: the channel ends before it.
void PortTable::Sever(Port& port) {
  Part(port);
  Ports lost;
  while (port.queue.size() > port.sent) {
    Message& message = port.queue.back();
    Discharge(message);
    std::move(message.carried.begin(), message.carried.end(), std::back_inserter(lost));
    port.queue.pop_back();
  }
  Release(std::move(lost));
}

void PortTable::Part(Port& port) {
  Port* peer = std::exchange(port.peer, nullptr);
  if (peer == nullptr) return;
  peer->peer = nullptr;
  TellIfClosed(*peer);
  TellIfClosed(port);
}

void PortTable::TellIfClosed(Port& port) {
  const bool is_at_end = port.peer == nullptr && port.sent == port.queue.size();
  if (!is_at_end || port.home == nullptr || std::exchange(port.was_closed, true)) return;
  port.home->sink().SendClose(port.name);
}

// One after another: how deep ports nest inside each other's queues is not ours to say.
void PortTable::Release(Ports ports) {
  while (!ports.empty()) {
    std::unique_ptr<Port> port = std::move(ports.back());
    ports.pop_back();
    Part(*port);
    for (Message& message : port->queue) {
      Discharge(message);
      for (auto& carried : message.carried) ports.push_back(std::move(carried));
    }
  }
}

void PortTable::Discharge(const Message& message) {
  message.account->waiting -= message.cost;
  Repay(*message.account, message.cost);
}

void PortTable::Repay(Account& account, size_t cost) {
  account.unpaid += cost;
  if (account.home == nullptr || account.unpaid < limits_.port_bytes / kCreditsInLimit) return;
  account.home->SendCredit(std::exchange(account.unpaid, 0));
}

}  // namespace ipc
