// The processes of the simulation of ports, as they are but for their pipes and their users: a main
// with its table, and renderers at the ends of wires that deliver when they are told to.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "runtime/core/local_ports.h"
#include "runtime/core/port_frames.h"
#include "runtime/core/port_table.h"
#include "tests/support/text_payload.h"

namespace ipc {

using EndId = size_t;  // of a channel; its other end is `end ^ 1`

struct UserPort;

// Who uses all ports.
class PortUsers {
 public:
  virtual void OnMessage(UserPort& port, const PayloadView& payload,
                         absl::Span<const PortId> carried) = 0;
  virtual void OnClosed(UserPort& port) = 0;

 protected:
  ~PortUsers() = default;
};

class Process;

// A port, and which end it is.
struct UserPort final : PortReceiver {
  void OnPortMessage(const PayloadView& payload, absl::Span<const PortId> carried) override;
  void OnPortClosed() override;

  Process* process;
  PortId id;
  EndId end;
  bool is_started = false;
};

// A process with the ports that its users hold.
class Process {
 public:
  Process(PortUsers& users, WebContentsId id, const Limits& limits, PortUplink* uplink);

  UserPort& Hold(PortId id, EndId end);
  void Forget(PortId id) { held.erase(id); }
  std::vector<PortId> IdsOf(const std::vector<UserPort*>& ports) const;

  PortUsers& users;
  const WebContentsId id;
  bool needs_flush = false;
  LocalPorts ports;
  std::map<PortId, std::unique_ptr<UserPort>> held;
};

// What main says to itself waits in a queue, as what it says to a renderer does.
class MainUplink final : public PortUplink, public PortHome {
 public:
  explicit MainUplink(PortTable& table) : table_(table) { table_.AddHome(WebContentsId(), this); }

  void Open(PortId one, PortId other) override {
    EXPECT_TRUE(table_.Open(WebContentsId(), one, other).ok());
  }
  absl::Status Post(PortId port, const PayloadWriter& payload,
                    absl::Span<const PortId> carried) override {
    return table_.Post(WebContentsId(), port, std::make_shared<PortPayload>(payload), carried);
  }
  void Start(PortId port) override { EXPECT_TRUE(table_.Start(WebContentsId(), port).ok()); }
  void Take(PortId port, uint64_t count) override {
    EXPECT_TRUE(table_.Take(WebContentsId(), port, count).ok());
  }
  void Close(PortId port) override { EXPECT_TRUE(table_.Close(WebContentsId(), port).ok()); }

  absl::Status SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                           absl::Span<const PortId> carried) override {
    tasks.push_back([=, names = std::vector<PortId>(carried.begin(), carried.end())](
                        LocalPorts& ports) { ports.OnMessage(port, payload->view(), names); });
    return absl::OkStatus();
  }
  void SendClose(PortId port) override {
    tasks.push_back([=](LocalPorts& ports) { ports.OnClosed(port); });
  }
  void SendCredit(size_t cost) override {
    tasks.push_back([=](LocalPorts& ports) { ports.OnCredit(cost); });
  }

  std::deque<std::function<void(LocalPorts&)>> tasks;

 private:
  PortTable& table_;
};

// One direction of a pipe.
struct SimulatedWire {
  static constexpr size_t kRoom = 12;

  absl::Status Send(const FrameHeader& header, const PayloadWriter& payload) {
    EXPECT_TRUE(CheckFrame(header, payload.size(), Limits()).ok());
    const bool is_message = header.kind == FrameKind::kPort || header.kind == FrameKind::kSend;
    if (is_message && frames.size() >= kRoom) {
      was_refused = true;
      return absl::ResourceExhaustedError("full");
    }
    frames.emplace_back(header, payload);
    return absl::OkStatus();
  }
  PortFrameSink sink() {
    return [this](const FrameHeader& header, const PayloadWriter& payload) {
      return Send(header, payload);
    };
  }

  std::deque<OwnedFrame> frames;
  bool was_refused = false;
};

struct Renderer {
  Renderer(PortUsers& users, PortTable& table, WebContentsId id, const Limits& limits)
      : home(table, id, down.sink()), uplink(up.sink()), process(users, id, limits, &uplink) {
    uplink.SetPorts(&process.ports);
  }

  SimulatedWire up;
  SimulatedWire down;
  RemotePortHome home;
  RemotePortUplink uplink;
  Process process;
};

}  // namespace ipc
