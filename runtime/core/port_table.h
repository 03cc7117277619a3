// Where every port lives, and what waits for it: main's routing table. Sans-I/O.
//
// A channel is two ports, each the other's peer. A port lives in one process, its home, or travels
// inside a message that waits for another port. All messages pass through main. The table keeps
// each one until the home of its receiver says that it was taken: when a port moves, whatever its
// old home has not taken is sent to the new one, first to last. What was on its way to the old home
// is ignored there. So nothing is lost, doubled or overtaken, wherever the port goes, however
// often, and also when its old home dies with messages unread.
//
//                      queue of B                       queue of A
//     A posts --> | taken | sent, not taken | unsent | --> B's home, if B was started
//
// Closing is the last message: a port whose peer is gone is told when its queue has been sent.
//
// Homes are known by their WebContentsId, main by 0; a port by a PortId of its home's, odd when the
// home chose it (Open) and even when main did (Reserve). No id is used twice in one home.
//
// Ownership   Owns all ports. Refers to the homes.
// Threads     Main's sequence.
// Errors      INVALID_ARGUMENT: the home broke the protocol, and has to go. A home that was removed
//             can do nothing any more, and that is fine.
// Limits      Of what each renderer makes main hold: Limits::ports that it opened, as many that it
//             was given, Limits::port_bytes that it posted and nobody took. A message goes out once
//             the home has taken most of those before it, so that ports leave it room for the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/core/port_home.h"
#include "runtime/core/port_payload.h"
#include "runtime/wire/limits.h"

namespace ipc {

class PortTable {
 public:
  explicit PortTable(const Limits& limits);
  PortTable(const PortTable&) = delete;
  PortTable& operator=(const PortTable&) = delete;
  ~PortTable();

  void AddHome(WebContentsId id, PortHome* home);
  // Closes the ports that live there; those that it gave away live on. Unknown ids are ignored.
  void RemoveHome(WebContentsId id);

  // What a home says.
  absl::Status Open(WebContentsId home, PortId one, PortId other);
  absl::Status Post(WebContentsId home, PortId port, std::shared_ptr<const PortPayload> payload,
                    absl::Span<const PortId> carried);
  absl::Status Start(WebContentsId home, PortId port);
  // The oldest `count` messages that were sent to `port`. What they carried lives there now.
  absl::Status Take(WebContentsId home, PortId port, uint64_t count);
  absl::Status Close(WebContentsId home, PortId port);

  // The home takes messages again.
  void OnWritable(WebContentsId home);

  // Ports move by a message on a channel in two steps: names for them at the new home, which the
  // message carries, and, once it is on its way, the move.
  // Errors: RESOURCE_EXHAUSTED when the renderer has too many ports; UNAVAILABLE.
  absl::StatusOr<std::vector<PortId>> Reserve(WebContentsId to, size_t count);
  absl::Status Move(WebContentsId from, absl::Span<const PortId> ports, WebContentsId to,
                    absl::Span<const PortId> names);

  // What there is; for tests, and for those who look for a leak.
  struct Count {
    size_t ports = 0;  // travelling ones included
    size_t messages = 0;
    size_t bytes = 0;  // by PortCost()
    // Sent to a home and not taken, as the table keeps it: bytes, and ports in them.
    size_t bytes_under_way = 0;
    size_t ports_offered = 0;
  };
  Count Recount() const;

 private:
  struct Port;
  struct Message;
  struct Home;
  struct Account;
  using Ports = std::vector<std::unique_ptr<Port>>;

  Home* FindHome(WebContentsId id);
  // Whether `ports` live in `home`, each named once.
  static absl::Status CheckLivesIn(const Home& home, absl::Span<const PortId> ports);
  static std::unique_ptr<Port> Detach(Home& home, PortId port);
  static Ports Detach(Home& home, absl::Span<const PortId> ports);
  static void Attach(Home& home, PortId name, std::unique_ptr<Port> port);
  static bool MayNest(const Port& receiver, const Ports& carried);

  void MarkReady(Port& port);
  void Pump(Home& home);
  // False when the home takes no more now.
  bool SendNext(Home& home, Port& port);
  void Sever(Port& port);
  // The end of a channel: of each port when it has heard what was posted before.
  static void Part(Port& port);
  static void TellIfClosed(Port& port);
  void Release(Ports ports);
  void Discharge(const Message& message);
  void Repay(Account& account, size_t cost);

  const Limits limits_;
  absl::btree_map<WebContentsId, std::unique_ptr<Home>> homes_;
};

}  // namespace ipc
