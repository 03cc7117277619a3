#include "runtime/api/message_port.h"

#include "absl/strings/str_cat.h"
#include "runtime/api/message_port_state.h"
#include "runtime/api/process_ports.h"
#include "runtime/base/check.h"
#include "runtime/wire/json_envelope.h"

namespace ipc {

MessagePort::MessagePort() = default;
MessagePort::MessagePort(std::shared_ptr<State> state) : state_(std::move(state)) {}
MessagePort::MessagePort(const MessagePort&) = default;
MessagePort::MessagePort(MessagePort&&) noexcept = default;
MessagePort& MessagePort::operator=(const MessagePort&) = default;
MessagePort& MessagePort::operator=(MessagePort&&) noexcept = default;
MessagePort::~MessagePort() = default;

absl::Status MessagePort::PostMessage(const Value& message,
                                      absl::Span<const MessagePort> transfer) const {
  return state_ ? state_->Post(message, transfer) : absl::OkStatus();
}

void MessagePort::Start() const {
  if (state_) state_->Start();
}

void MessagePort::Close() const {
  if (state_) state_->Close();
}

Event<MessagePortEvent&>& MessagePort::message() const {
  IPC_CHECK(state_ != nullptr, "this MessagePort is none");
  return state_->message_;
}

Event<>& MessagePort::close() const {
  IPC_CHECK(state_ != nullptr, "this MessagePort is none");
  return state_->close_;
}

MessagePort::State::State(std::weak_ptr<ProcessPorts*> process, PortId id, Life life,
                          const LogSink& log)
    : process_(std::move(process)),
      id_(id),
      life_(life),
      log_(log),
      message_("message", log),
      close_("close", log) {}

MessagePort::State::~State() { Close(); }

absl::Status MessagePort::State::Post(const Value& message,
                                      absl::Span<const MessagePort> transfer) {
  const auto process = process_.lock();
  if (!process) return absl::OkStatus();
  absl::StatusOr<JsonPayload> payload = JsonPayload::FromValue(message);
  if (!payload.ok()) return payload.status();
  return (*process)->Transfer(transfer, this, [&](absl::Span<const PortId> ids) {
    if (life_ == Life::kOpen) return (*process)->local().Post(id_, *payload, ids);
    for (const MessagePort& port : transfer) port.Close();  // sent to nobody
    return absl::OkStatus();
  });
}

void MessagePort::State::Start() {
  const auto process = process_.lock();
  if (process && life_ == Life::kOpen) (*process)->local().Start(id_);
}

void MessagePort::State::Close() {
  const auto process = process_.lock();
  if (process && life_ == Life::kOpen) (*process)->local().Close(id_);
  End(Life::kClosed);
}

void MessagePort::State::Neuter() { End(Life::kGivenAway); }

void MessagePort::State::End(Life life) {
  if (life_ != Life::kGivenAway) life_ = life;
  message_.RemoveAll();
  close_.RemoveAll();
}

void MessagePort::State::OnPortMessage(const PayloadView& payload,
                                       absl::Span<const PortId> carried) {
  const auto process = process_.lock();
  if (!process) return;
  std::vector<MessagePort> ports = (*process)->Adopt(carried);
  const std::shared_ptr<State> self = weak_from_this().lock();
  if (!self) return;  // its destruction is under way, by a task; what came along closes
  absl::StatusOr<Value> data =
      payload.kind == PayloadKind::kNone ? Value() : ReadJsonValue(payload.Yielded());
  if (!data.ok()) {
    return log_(LogLevel::kError, absl::StrCat("a message through a port could not be read: ",
                                               data.status().message()));
  }
  MessagePortEvent event(MessagePort(self), *std::move(data), std::move(ports));
  message_.Emit(event);
}

void MessagePort::State::OnPortClosed() {
  const std::shared_ptr<State> self = weak_from_this().lock();
  if (std::exchange(life_, Life::kClosed) != Life::kOpen || !self) return;
  close_.Emit();
  End(Life::kClosed);
}

}  // namespace ipc
