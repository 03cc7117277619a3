#include "runtime/core/port_frames.h"

#include <utility>

namespace ipc {
namespace {

absl::Status Unexpected() {
  return absl::InvalidArgumentError("a frame of ports in the wrong direction");
}

FrameHeader SignalHeader(FrameKind kind, absl::Span<const PortId> ports) {
  FrameHeader header;
  header.kind = kind;
  header.port_ids.assign(ports.begin(), ports.end());
  return header;
}

FrameHeader MessageHeader(PortId port, const PayloadWriter& payload,
                          absl::Span<const PortId> carried) {
  FrameHeader header = SignalHeader(FrameKind::kPort, carried);
  header.port_ids.insert(header.port_ids.begin(), port);
  header.payload_kind = payload.kind();
  header.blob_sizes.assign(payload.blob_sizes().begin(), payload.blob_sizes().end());
  return header;
}

PayloadView PayloadOf(const FrameView& frame) {
  return {frame.header.payload_kind, frame.payload, frame.header.blob_sizes};
}

}  // namespace

RemotePortHome::RemotePortHome(PortTable& table, WebContentsId id, PortFrameSink send)
    : table_(table), id_(id), send_(std::move(send)) {
  table_.AddHome(id_, this);
}

void RemotePortHome::Close() {
  if (!std::exchange(is_closed_, true)) table_.RemoveHome(id_);
}

absl::Status RemotePortHome::OnPortFrame(const FrameView& frame) {
  // CheckFrame() has seen that each kind has as many ports as it needs.
  const absl::Span<const PortId> ports = frame.header.port_ids;
  switch (frame.header.kind) {
    case FrameKind::kPort:
      return table_.Post(id_, ports[0],
                         std::make_shared<PortPayload>(EncodedPayload(PayloadOf(frame))),
                         ports.subspan(1));
    case FrameKind::kPortOpen:
      return table_.Open(id_, ports[0], ports[1]);
    case FrameKind::kPortStart:
      return table_.Start(id_, ports[0]);
    case FrameKind::kPortClose:
      return table_.Close(id_, ports[0]);
    case FrameKind::kCredit:
      if (ports.empty()) return Unexpected();
      return table_.Take(id_, ports[0], frame.header.credit);
    default:
      return Unexpected();
  }
}

absl::Status RemotePortHome::SendMessage(PortId port,
                                         const std::shared_ptr<const PortPayload>& payload,
                                         absl::Span<const PortId> carried) {
  const EncodedPayload writer(payload->view());
  return send_(MessageHeader(port, writer, carried), writer);
}

// The rest always has room; it fails only as a pipe fails, which the Connection then hears.

void RemotePortHome::SendClose(PortId port) {
  send_(SignalHeader(FrameKind::kPortClose, {port}), EmptyPayload()).IgnoreError();
}

void RemotePortHome::SendCredit(size_t cost) {
  FrameHeader header = SignalHeader(FrameKind::kCredit, {});
  header.credit = cost;
  send_(header, EmptyPayload()).IgnoreError();
}

absl::Status RemotePortUplink::OnPortFrame(const FrameView& frame) {
  const absl::Span<const PortId> ports = frame.header.port_ids;
  switch (frame.header.kind) {
    case FrameKind::kPort:
      ports_->OnMessage(ports[0], PayloadOf(frame), ports.subspan(1));
      return absl::OkStatus();
    case FrameKind::kPortClose:
      ports_->OnClosed(ports[0]);
      return absl::OkStatus();
    case FrameKind::kCredit:
      ports_->OnCredit(frame.header.credit);
      return absl::OkStatus();
    default:
      return Unexpected();
  }
}

void RemotePortUplink::Open(PortId one, PortId other) {
  send_(SignalHeader(FrameKind::kPortOpen, {one, other}), EmptyPayload()).IgnoreError();
}

absl::Status RemotePortUplink::Post(PortId port, const PayloadWriter& payload,
                                    absl::Span<const PortId> carried) {
  return send_(MessageHeader(port, payload, carried), payload);
}

void RemotePortUplink::Start(PortId port) {
  send_(SignalHeader(FrameKind::kPortStart, {port}), EmptyPayload()).IgnoreError();
}

void RemotePortUplink::Take(PortId port, uint64_t count) {
  FrameHeader header = SignalHeader(FrameKind::kCredit, {port});
  header.credit = count;
  send_(header, EmptyPayload()).IgnoreError();
}

void RemotePortUplink::Close(PortId port) {
  send_(SignalHeader(FrameKind::kPortClose, {port}), EmptyPayload()).IgnoreError();
}

}  // namespace ipc
