#include "runtime/core/local_ports.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/base/check.h"
#include "runtime/core/port_payload.h"

namespace ipc {

LocalPorts::LocalPorts(PortUplink* uplink, Options options)
    : uplink_(uplink), options_(std::move(options)) {}

std::optional<std::pair<PortId, PortId>> LocalPorts::Open() {
  if (!is_connected_ || opened_ + 2 > options_.max_opened) return std::nullopt;
  // Odd ones are ours to choose.
  const PortId one(last_opened_ == 0 ? 1 : last_opened_ + 2);
  const PortId other(one.value() + 2);
  last_opened_ = other.value();
  opened_ += 2;
  uplink_->Open(one, other);
  return std::pair(one, other);
}

std::optional<PortId> LocalPorts::OpenAlone() {
  const auto ports = Open();
  if (!ports) return std::nullopt;
  Drop(ports->second);
  uplink_->Close(ports->second);
  return ports->first;
}

void LocalPorts::Hold(PortId port, PortReceiver* receiver) {
  const bool is_new = held_.try_emplace(port, receiver).second;
  IPC_CHECK(is_new, "a port has one receiver");
}

absl::Status LocalPorts::Post(PortId port, const PayloadWriter& payload,
                              absl::Span<const PortId> carried) {
  if (waiting_ >= options_.max_waiting) {
    return absl::ResourceExhaustedError(
        absl::StrCat(waiting_, " bytes posted through ports wait to be taken, the limit is ",
                     options_.max_waiting));
  }
  if (!carried.empty()) FlushTaken();
  const size_t cost = PortCost(payload.size(), carried.size());
  waiting_ += cost;  // first: credit for it may come at once
  absl::Status posted = uplink_->Post(port, payload, carried);
  if (posted.ok()) {
    GiveAway(carried);
  } else {
    waiting_ -= cost;
  }
  return posted;
}

void LocalPorts::Start(PortId port) {
  if (held_.contains(port)) uplink_->Start(port);
}

void LocalPorts::Close(PortId port) {
  if (!held_.contains(port)) return;
  Drop(port);
  uplink_->Close(port);
}

void LocalPorts::FlushTaken() {
  for (auto [port, count] : std::exchange(taken_, {})) uplink_->Take(port, count);
}

void LocalPorts::GiveAway(absl::Span<const PortId> ports) {
  for (PortId port : ports) Drop(port);
}

void LocalPorts::Drop(PortId port) {
  held_.erase(port);
  taken_.erase(port);
  if (IsOwnName(port)) --opened_;
}

std::vector<PortReceiver*> LocalPorts::Abandon() {
  is_connected_ = false;
  std::vector<PortReceiver*> receivers;
  for (auto& [port, receiver] : std::exchange(held_, {})) receivers.push_back(receiver);
  return receivers;
}

void LocalPorts::OnMessage(PortId port, const PayloadView& payload,
                           absl::Span<const PortId> carried) {
  auto found = held_.find(port);
  if (found == held_.end()) return;
  PortReceiver* receiver = found->second;
  if (taken_.empty() && carried.empty()) options_.flush_later();
  ++taken_[port];
  if (!carried.empty()) FlushTaken();
  receiver->OnPortMessage(payload, carried);
}

void LocalPorts::OnClosed(PortId port) {
  auto found = held_.find(port);
  if (found == held_.end()) return;
  PortReceiver* receiver = found->second;
  Drop(port);
  uplink_->Close(port);
  receiver->OnPortClosed();
}

void LocalPorts::OnCredit(uint64_t cost) { waiting_ -= std::min(waiting_, cost); }

void LocalPorts::OnDisconnected() {
  is_connected_ = false;
  // A receiver may close, or be closed with, any other.
  while (!held_.empty()) {
    PortReceiver* receiver = held_.begin()->second;
    Drop(held_.begin()->first);
    receiver->OnPortClosed();
  }
}

}  // namespace ipc
