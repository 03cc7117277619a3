// The ports that live in this process: who hears them, and what main is told of them. Sans-I/O.
//
// Main's own ports and a renderer's are the same here; they differ in the PortUplink. A message is
// told to be taken before its receiver hears it, so that the ports in it may be used at once, and
// before any port is given away, so that main knows what its next home has not heard.
//
// Ownership   Refers to the uplink and to the receivers, which end with Close(), or when they are
//             given away.
// Threads     One sequence. A receiver may do anything inside its upcalls, but destroy this.
// Errors      What main sends for a port that is not held any more is ignored: the port was closed
//             or given away meanwhile, and main sees to what came with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/wire/payload.h"

namespace ipc {

// What a process tells main's PortTable.
class PortUplink {
 public:
  virtual void Open(PortId one, PortId other) = 0;
  // Errors: as Pipe::Send().
  virtual absl::Status Post(PortId port, const PayloadWriter& payload,
                            absl::Span<const PortId> carried) = 0;
  virtual void Start(PortId port) = 0;
  virtual void Take(PortId port, uint64_t count) = 0;
  virtual void Close(PortId port) = 0;

 protected:
  ~PortUplink() = default;
};

// Who hears one port.
class PortReceiver {
 public:
  // `carried` are held by nobody yet. The payload is good until this returns.
  virtual void OnPortMessage(const PayloadView& payload, absl::Span<const PortId> carried) = 0;
  // The other end is gone, and every message of it was heard. The port is not held any more.
  virtual void OnPortClosed() = 0;

 protected:
  ~PortReceiver() = default;
};

class LocalPorts {
 public:
  struct Options {
    size_t max_opened;   // ports of our own that live here
    size_t max_waiting;  // bytes that were posted here and not taken
    // Calls FlushTaken() soon.
    std::function<void()> flush_later;
  };

  LocalPorts(PortUplink* uplink, Options options);
  LocalPorts(const LocalPorts&) = delete;
  LocalPorts& operator=(const LocalPorts&) = delete;

  // A new channel. None: there are too many ports, or main is gone.
  std::optional<std::pair<PortId, PortId>> Open();
  // A new port whose peer is gone, to be given away in place of one that was closed here.
  std::optional<PortId> OpenAlone();
  // From now on `receiver` hears `port`, which was opened here, or has arrived in a message.
  void Hold(PortId port, PortReceiver* receiver);

  // For ports that are held. Errors: RESOURCE_EXHAUSTED when too much waits; those of the uplink.
  // `carried` are given away when this succeeds.
  absl::Status Post(PortId port, const PayloadWriter& payload, absl::Span<const PortId> carried);
  void Start(PortId port);
  void Close(PortId port);

  // Ports that leave in a message on a channel: before and after it is sent.
  void FlushTaken();
  void GiveAway(absl::Span<const PortId> ports);

  // Bytes that were posted here and not taken, as far as main has told.
  uint64_t waiting() const { return waiting_; }

  // From main.
  void OnMessage(PortId port, const PayloadView& payload, absl::Span<const PortId> carried);
  void OnClosed(PortId port);
  void OnCredit(uint64_t cost);
  // Nothing is held any more, and nobody is told. For who is about to go.
  std::vector<PortReceiver*> Abandon();
  // Main is gone: every port closes.
  void OnDisconnected();

 private:
  void Drop(PortId port);

  PortUplink* const uplink_;
  const Options options_;
  bool is_connected_ = true;
  uint64_t last_opened_ = 0;
  size_t opened_ = 0;
  uint64_t waiting_ = 0;
  absl::btree_map<PortId, PortReceiver*> held_;
  absl::btree_map<PortId, uint64_t> taken_;  // messages of those, and main was not told yet
};

}  // namespace ipc
