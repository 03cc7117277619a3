// What frames say about ports, on both ends of a connection: between a renderer's LocalPorts and
// main's PortTable. idl/wire.proto tells it in full.
//
// Ownership   Both refer to what they are made with.
// Threads     One sequence, the Connection's.
// Errors      OnPortFrame() answers INVALID_ARGUMENT for a frame that breaks the protocol.
#pragma once

#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/core/local_ports.h"
#include "runtime/core/port_home.h"
#include "runtime/core/port_table.h"
#include "runtime/wire/frame.h"

namespace ipc {

// Connection::SendPortFrame().
using PortFrameSink = std::function<absl::Status(const FrameHeader&, const PayloadWriter&)>;

// Whom a Connection tells of them.
class PortFrameHandler {
 public:
  virtual absl::Status OnPortFrame(const FrameView& frame) = 0;
  // After a refusal: there is room for messages again.
  virtual void OnWritable() = 0;

 protected:
  ~PortFrameHandler() = default;
};

// In main, for each renderer: the home of the ports that live there.
class RemotePortHome final : public PortHome, public PortFrameHandler {
 public:
  RemotePortHome(PortTable& table, WebContentsId id, PortFrameSink send);
  RemotePortHome(const RemotePortHome&) = delete;
  RemotePortHome& operator=(const RemotePortHome&) = delete;
  ~RemotePortHome() { Close(); }

  // The renderer is gone: its ports close.
  void Close();

  absl::Status OnPortFrame(const FrameView& frame) override;
  void OnWritable() override { table_.OnWritable(id_); }

 private:
  absl::Status SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                           absl::Span<const PortId> carried) override;
  void SendClose(PortId port) override;
  void SendCredit(size_t cost) override;

  PortTable& table_;
  const WebContentsId id_;
  const PortFrameSink send_;
  bool is_closed_ = false;
};

// In a renderer: what its LocalPorts tell main.
class RemotePortUplink final : public PortUplink, public PortFrameHandler {
 public:
  explicit RemotePortUplink(PortFrameSink send) : send_(std::move(send)) {}
  RemotePortUplink(const RemotePortUplink&) = delete;
  RemotePortUplink& operator=(const RemotePortUplink&) = delete;

  // `ports`, which are made with this, hear what main says.
  void SetPorts(LocalPorts* ports) { ports_ = ports; }

  absl::Status OnPortFrame(const FrameView& frame) override;
  void OnWritable() override {}  // who was refused was told

 private:
  void Open(PortId one, PortId other) override;
  absl::Status Post(PortId port, const PayloadWriter& payload,
                    absl::Span<const PortId> carried) override;
  void Start(PortId port) override;
  void Take(PortId port, uint64_t count) override;
  void Close(PortId port) override;

  const PortFrameSink send_;
  LocalPorts* ports_ = nullptr;
};

}  // namespace ipc
