#include "runtime/api/process_ports.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "runtime/api/message_port_state.h"

namespace ipc {

ProcessPorts::ProcessPorts(PortUplink* uplink, Options options)
    : options_(std::move(options)),
      local_(uplink, {.max_opened = options_.max_opened,
                      .max_waiting = options_.max_waiting,
                      .flush_later = [this] {
                        options_.runner->Post([weak = std::weak_ptr<ProcessPorts*>(self_)] {
                          if (auto self = weak.lock()) (*self)->local_.FlushTaken();
                        });
                      }}) {}

ProcessPorts::~ProcessPorts() {
  self_.reset();
  // Their observers may hold them, or each other.
  std::vector<std::shared_ptr<MessagePort::State>> states;
  for (PortReceiver* receiver : local_.Abandon()) {
    states.push_back(static_cast<MessagePort::State*>(receiver)->weak_from_this().lock());
  }
  for (const auto& state : states) {
    if (state) state->End(MessagePort::State::Life::kClosed);
  }
}

std::pair<MessagePort, MessagePort> ProcessPorts::OpenChannel() {
  const auto ids = local_.Open();
  if (ids) return {Make(ids->first), Make(ids->second)};
  options_.log(LogLevel::kWarning,
               absl::StrCat("a MessageChannel is closed from the start: there are ",
                            options_.max_opened, " ports, or main is gone"));
  return {MakeClosed(), MakeClosed()};
}

std::vector<MessagePort> ProcessPorts::Adopt(absl::Span<const PortId> ids) {
  std::vector<MessagePort> ports;
  for (PortId id : ids) ports.push_back(Make(id));
  return ports;
}

MessagePort ProcessPorts::Make(PortId id) {
  // Its observers, and what they refer to, are of the sequence: they must go there.
  auto destroy = [runner = options_.runner](MessagePort::State* state) {
    std::unique_ptr<MessagePort::State> owned(state);
    if (!runner->IsCurrent()) runner->Post([owned = std::move(owned)] {});
  };
  std::shared_ptr<MessagePort::State> state(
      new MessagePort::State(self_, id, MessagePort::State::Life::kOpen, options_.log),
      std::move(destroy));
  local_.Hold(id, state.get());
  return MessagePort(std::move(state));
}

MessagePort ProcessPorts::MakeClosed() {
  return MessagePort(std::make_shared<MessagePort::State>(
      self_, PortId(), MessagePort::State::Life::kClosed, options_.log));
}

absl::Status ProcessPorts::GiveAway(absl::Span<const MessagePort> transfer, Send send) {
  return Transfer(transfer, nullptr, [&](absl::Span<const PortId> ids) {
    if (!ids.empty()) local_.FlushTaken();
    absl::Status sent = send(ids);
    if (sent.ok()) local_.GiveAway(ids);
    return sent;
  });
}

absl::Status ProcessPorts::Transfer(absl::Span<const MessagePort> transfer,
                                    const MessagePort::State* source, Send send) {
  if (absl::Status may = CheckTransfer(transfer, source); !may.ok()) return may;
  std::vector<MessagePort::State*> opened;
  absl::StatusOr<std::vector<PortId>> ids = NameAll(transfer, opened);
  absl::Status sent = ids.ok() ? send(*ids) : ids.status();
  if (!sent.ok()) {
    for (MessagePort::State* state : opened) {
      state->life_ = MessagePort::State::Life::kClosed;
      local_.Close(state->id_);
    }
    return sent;
  }
  for (const MessagePort& port : transfer) port.state_->Neuter();
  return absl::OkStatus();
}

absl::Status ProcessPorts::CheckTransfer(absl::Span<const MessagePort> transfer,
                                         const MessagePort::State* source) const {
  auto refusal = [](size_t index, absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat("Port at index ", index, " ", why, "."));
  };
  for (size_t i = 0; i < transfer.size(); ++i) {
    const MessagePort::State* state = transfer[i].state_.get();
    if (state != nullptr && state == source) return refusal(i, "contains the source port");
  }
  for (size_t i = 0; i < transfer.size(); ++i) {
    const MessagePort::State* state = transfer[i].state_.get();
    if (state == nullptr || state->life_ == MessagePort::State::Life::kGivenAway) {
      return refusal(i, "is already neutered");
    }
    if (std::find(transfer.begin(), transfer.begin() + i, transfer[i]) != transfer.begin() + i) {
      return refusal(i, "is a duplicate");
    }
    if (state->process_.lock() != self_) return refusal(i, "belongs to another process");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PortId>> ProcessPorts::NameAll(
    absl::Span<const MessagePort> transfer, std::vector<MessagePort::State*>& opened) {
  std::vector<PortId> ids;
  for (const MessagePort& port : transfer) {
    MessagePort::State& state = *port.state_;
    if (state.life_ == MessagePort::State::Life::kClosed) {
      const std::optional<PortId> id = local_.OpenAlone();
      if (!id) return absl::ResourceExhaustedError("too many ports");
      state.id_ = *id;
      state.life_ = MessagePort::State::Life::kOpen;
      local_.Hold(*id, &state);
      opened.push_back(&state);
    }
    ids.push_back(state.id_);
  }
  return ids;
}

}  // namespace ipc
