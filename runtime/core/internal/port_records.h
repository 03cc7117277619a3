// What PortTable knows of ports, messages and homes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "runtime/core/port_table.h"

namespace ipc {

// What one process has posted, and what of it waits. It outlives its home: messages do too.
struct PortTable::Account {
  size_t waiting = 0;
  size_t unpaid = 0;  // taken, and not told
  PortHome* home;     // null once it is gone
};

struct PortTable::Message {
  std::shared_ptr<const PortPayload> payload;
  Ports carried;
  std::vector<PortId> names;  // of those, at the home it was last sent to
  std::shared_ptr<Account> account;
  size_t cost;
};

struct PortTable::Port {
  Port* peer = nullptr;      // null once that is gone
  Home* home = nullptr;      // null while it travels
  Port* receiver = nullptr;  // while it travels: whose queue it is in
  PortId name;               // at home
  bool is_started = false;
  bool was_closed = false;  // home was told that peer is gone
  uint64_t turn = 0;        // in home->ready; 0: it is not there
  std::deque<Message> queue;
  size_t sent = 0;  // of queue, from the front
};

struct PortTable::Home {
  WebContentsId id;
  std::shared_ptr<Account> account;
  size_t max_ports;
  uint64_t last_opened = 0;
  uint64_t last_reserved = 0;
  size_t opened = 0;   // living here, under names of its own
  size_t given = 0;    // living here, under names of main's
  size_t offered = 0;  // in messages that were sent here and not taken
  // Sent here and not taken.
  size_t frames_under_way = 0;
  size_t bytes_under_way = 0;
  bool is_blocked = false;  // until OnWritable()
  uint64_t last_turn = 0;
  absl::btree_map<uint64_t, Port*> ready;  // started, with messages to send; each has its turn
  absl::flat_hash_map<PortId, std::unique_ptr<Port>> ports;

  PortHome& sink() { return *account->home; }
  size_t& CountOf(PortId port) { return IsOwnName(port) ? opened : given; }
  bool HasRoomFor(size_t count) const { return given + offered + count <= max_ports; }
};

}  // namespace ipc
