#include "runtime/core/port_table.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/check.h"
#include "runtime/core/internal/port_records.h"

namespace ipc {
namespace {

// Ports inside messages for ports inside messages ...: nobody who means well goes deeper.
constexpr int kMaxNesting = 32;

absl::Status Broken(PortId port, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("port_id: ", port.value(), " ", what));
}

}  // namespace

PortTable::PortTable(const Limits& limits) : limits_(limits) {}

PortTable::~PortTable() {
  while (!homes_.empty()) RemoveHome(homes_.begin()->first);
}

void PortTable::AddHome(WebContentsId id, PortHome* sink) {
  const bool is_main = id == WebContentsId();
  auto& home = homes_[id];
  IPC_CHECK(home == nullptr, "a home of ports is added once");
  home = std::make_unique<Home>();
  home->id = id;
  home->account = std::make_shared<Account>(Account{.home = sink});
  home->max_ports = is_main ? std::numeric_limits<size_t>::max() : limits_.ports;
}

void PortTable::RemoveHome(WebContentsId id) {
  auto node = homes_.extract(id);
  if (!node) return;
  Home& home = *node.mapped();
  home.account->home = nullptr;
  Ports ports;
  for (auto& [name, port] : home.ports) {
    port->home = nullptr;
    ports.push_back(std::move(port));
  }
  Release(std::move(ports));
}

PortTable::Home* PortTable::FindHome(WebContentsId id) {
  auto found = homes_.find(id);
  return found == homes_.end() ? nullptr : found->second.get();
}

absl::Status PortTable::Open(WebContentsId home_id, PortId one, PortId other) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return absl::OkStatus();
  for (PortId name : {one, other}) {
    if (!IsOwnName(name)) return Broken(name, "is main's to choose");
    if (name.value() <= home->last_opened) return Broken(name, "was used before");
    home->last_opened = name.value();
  }
  // Counted apart from what it was given, which may be more than it knows of.
  if (home->opened + 2 > home->max_ports) return Broken(other, "is one port too many");
  auto port = std::make_unique<Port>();
  auto peer = std::make_unique<Port>();
  port->peer = peer.get();
  peer->peer = port.get();
  Attach(*home, one, std::move(port));
  Attach(*home, other, std::move(peer));
  return absl::OkStatus();
}

absl::Status PortTable::Post(WebContentsId home_id, PortId name,
                             std::shared_ptr<const PortPayload> payload,
                             absl::Span<const PortId> carried) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return absl::OkStatus();
  auto sender = home->ports.find(name);
  if (sender == home->ports.end()) return Broken(name, "does not live here");
  if (std::find(carried.begin(), carried.end(), name) != carried.end()) {
    return Broken(name, "carries itself");
  }
  if (absl::Status known = CheckLivesIn(*home, carried); !known.ok()) return known;
  if (home->account->waiting >= limits_.port_bytes) {
    return Broken(name, "posts more than may wait");
  }

  Port* receiver = sender->second->peer;
  const size_t cost = PortCost(payload->size(), carried.size());
  Ports travelling = Detach(*home, carried);
  if (receiver != nullptr && !MayNest(*receiver, travelling)) {
    Part(*receiver);
    receiver = nullptr;
  }
  if (receiver == nullptr) {
    Release(std::move(travelling));
    Repay(*home->account, cost);
  } else {
    for (auto& port : travelling) port->receiver = receiver;
    home->account->waiting += cost;
    receiver->queue.push_back({std::move(payload), std::move(travelling), {}, home->account, cost});
    MarkReady(*receiver);
    if (receiver->home != nullptr && receiver->home != home) Pump(*receiver->home);
  }
  Pump(*home);  // what left may have made room
  return absl::OkStatus();
}

absl::Status PortTable::Start(WebContentsId home_id, PortId name) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return absl::OkStatus();
  auto port = home->ports.find(name);
  if (port == home->ports.end()) return Broken(name, "does not live here");
  port->second->is_started = true;
  MarkReady(*port->second);
  Pump(*home);
  return absl::OkStatus();
}

absl::Status PortTable::Take(WebContentsId home_id, PortId name, uint64_t count) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return absl::OkStatus();
  auto found = home->ports.find(name);
  if (found == home->ports.end()) return Broken(name, "does not live here");
  Port& port = *found->second;  // stays put: what lands here are other ports
  if (count == 0 || count > port.sent) return Broken(name, "takes what was not sent");
  for (uint64_t i = 0; i < count; ++i) {
    Message message = std::move(port.queue.front());
    port.queue.pop_front();
    --port.sent;
    --home->frames_under_way;
    home->bytes_under_way -= message.cost;
    home->offered -= message.carried.size();
    Discharge(message);
    for (size_t each = 0; each < message.carried.size(); ++each) {
      Attach(*home, message.names[each], std::move(message.carried[each]));
    }
  }
  Pump(*home);
  return absl::OkStatus();
}

absl::Status PortTable::Close(WebContentsId home_id, PortId name) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return absl::OkStatus();
  if (!home->ports.contains(name)) return Broken(name, "does not live here");
  Release(Detach(*home, absl::MakeConstSpan(&name, 1)));
  Pump(*home);
  return absl::OkStatus();
}

void PortTable::OnWritable(WebContentsId home_id) {
  Home* home = FindHome(home_id);
  if (home == nullptr) return;
  home->is_blocked = false;
  Pump(*home);
}

absl::StatusOr<std::vector<PortId>> PortTable::Reserve(WebContentsId to, size_t count) {
  Home* home = FindHome(to);
  if (home == nullptr) return absl::UnavailableError("no ports can live there any more");
  if (!home->HasRoomFor(count)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("WebContents #", to.value(), " has too many ports (", home->max_ports, ")"));
  }
  std::vector<PortId> names(count);
  for (PortId& name : names) name = PortId(home->last_reserved += 2);
  return names;
}

absl::Status PortTable::Move(WebContentsId from, absl::Span<const PortId> ports, WebContentsId to,
                             absl::Span<const PortId> names) {
  Home* old_home = FindHome(from);
  if (old_home == nullptr) return absl::OkStatus();
  if (absl::Status known = CheckLivesIn(*old_home, ports); !known.ok()) return known;
  Ports moving = Detach(*old_home, ports);
  if (Home* new_home = FindHome(to)) {
    for (size_t i = 0; i < moving.size(); ++i) {
      Attach(*new_home, names[i], std::move(moving[i]));
    }
  } else {
    Release(std::move(moving));
  }
  Pump(*old_home);
  return absl::OkStatus();
}

absl::Status PortTable::CheckLivesIn(const Home& home, absl::Span<const PortId> ports) {
  absl::flat_hash_set<PortId> seen;
  for (PortId port : ports) {
    if (!home.ports.contains(port)) return Broken(port, "does not live here");
    if (!seen.insert(port).second) return Broken(port, "is named twice");
  }
  return absl::OkStatus();
}

// Whatever was sent to the home and not taken is unsent again; the home ignores it.
std::unique_ptr<PortTable::Port> PortTable::Detach(Home& home, PortId name) {
  std::unique_ptr<Port> port = std::move(home.ports.extract(name).mapped());
  --home.CountOf(name);
  for (size_t i = 0; i < port->sent; ++i) {
    home.bytes_under_way -= port->queue[i].cost;
    home.offered -= port->queue[i].carried.size();
  }
  home.frames_under_way -= port->sent;
  home.ready.erase(port->turn);
  port->sent = 0;
  port->turn = 0;
  port->home = nullptr;
  port->is_started = false;
  port->was_closed = false;
  return port;
}

PortTable::Ports PortTable::Detach(Home& home, absl::Span<const PortId> names) {
  Ports ports;
  for (PortId name : names) ports.push_back(Detach(home, name));
  return ports;
}

void PortTable::Attach(Home& home, PortId name, std::unique_ptr<Port> port) {
  Port& attached = *port;
  attached.home = &home;
  attached.receiver = nullptr;
  attached.name = name;
  ++home.CountOf(name);
  home.ports[name] = std::move(port);
  TellIfClosed(attached);
}

// A port must not travel inside its own queue, directly or inside another's: nobody could ever take
// it out, nor close it.
bool PortTable::MayNest(const Port& receiver, const Ports& carried) {
  if (carried.empty()) return true;
  const Port* outer = &receiver;
  for (int depth = 0; outer != nullptr && depth < kMaxNesting; ++depth) {
    for (const auto& port : carried) {
      if (port.get() == outer) return false;
    }
    outer = outer->receiver;
  }
  return outer == nullptr;
}

PortTable::Count PortTable::Recount() const {
  Count count;
  std::vector<const Port*> ports;
  for (const auto& [id, home] : homes_) {
    count.bytes_under_way += home->bytes_under_way;
    count.ports_offered += home->offered;
    for (const auto& [name, port] : home->ports) ports.push_back(port.get());
  }
  while (!ports.empty()) {
    const Port* port = ports.back();
    ports.pop_back();
    ++count.ports;
    for (const Message& message : port->queue) {
      ++count.messages;
      count.bytes += message.cost;
      for (const auto& carried : message.carried) ports.push_back(carried.get());
    }
  }
  return count;
}

}  // namespace ipc
