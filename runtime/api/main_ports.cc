#include "runtime/api/main_ports.h"

#include <limits>

#include "runtime/base/check.h"

namespace ipc {
namespace {

constexpr WebContentsId kMain;

// What our own ports say is never wrong.
void MustBeOk(const absl::Status& status) {
  IPC_CHECK(status.ok(), "main broke the protocol of its own ports");
}

}  // namespace

MainPorts::MainPorts(std::shared_ptr<TaskRunner> runner, const Limits& limits, LogSink log)
    : runner_(std::move(runner)),
      ports_(this, {.max_opened = std::numeric_limits<size_t>::max(),
                    .max_waiting = limits.port_bytes,
                    .runner = runner_,
                    .log = std::move(log)}),
      table_(limits) {
  table_.AddHome(kMain, this);
}

absl::StatusOr<std::vector<MessagePort>> MainPorts::Receive(WebContentsId from,
                                                            absl::Span<const PortId> ports) {
  if (ports.empty()) return std::vector<MessagePort>();
  absl::StatusOr<std::vector<PortId>> names = table_.Reserve(kMain, ports.size());
  if (!names.ok()) return names.status();
  if (absl::Status moved = table_.Move(from, ports, kMain, *names); !moved.ok()) return moved;
  return ports_.Adopt(*names);
}

absl::Status MainPorts::Send(WebContentsId to, absl::Span<const MessagePort> transfer,
                             ProcessPorts::Send send) {
  return ports_.GiveAway(transfer, [&](absl::Span<const PortId> ports) {
    absl::StatusOr<std::vector<PortId>> names = table_.Reserve(to, ports.size());
    if (!names.ok()) return names.status();
    absl::Status sent = send(*names);
    if (sent.ok()) MustBeOk(table_.Move(kMain, ports, to, *names));
    return sent;
  });
}

void MainPorts::Open(PortId one, PortId other) { MustBeOk(table_.Open(kMain, one, other)); }

absl::Status MainPorts::Post(PortId port, const PayloadWriter& payload,
                             absl::Span<const PortId> carried) {
  MustBeOk(table_.Post(kMain, port, std::make_shared<PortPayload>(payload), carried));
  return absl::OkStatus();
}

void MainPorts::Start(PortId port) { MustBeOk(table_.Start(kMain, port)); }

void MainPorts::Take(PortId port, uint64_t count) { MustBeOk(table_.Take(kMain, port, count)); }

void MainPorts::Close(PortId port) { MustBeOk(table_.Close(kMain, port)); }

absl::Status MainPorts::SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                                    absl::Span<const PortId> carried) {
  Later([port, payload, carried = std::vector<PortId>(carried.begin(), carried.end())](
            LocalPorts& ports) { ports.OnMessage(port, payload->view(), carried); });
  return absl::OkStatus();
}

void MainPorts::SendClose(PortId port) {
  Later([port](LocalPorts& ports) { ports.OnClosed(port); });
}

void MainPorts::Later(absl::AnyInvocable<void(LocalPorts&)> task) {
  runner_->Post([weak = std::weak_ptr<MainPorts*>(self_), task = std::move(task)]() mutable {
    if (auto self = weak.lock()) task((*self)->ports_.local());
  });
}

}  // namespace ipc
