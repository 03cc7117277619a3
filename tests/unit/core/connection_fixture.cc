#include "tests/unit/core/connection_fixture.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace ipc {

const Blocking& BlockingForTest() {
  static const Blocking blocking;
  return blocking;
}

std::string ShortText(const absl::Status& status) {
  if (status.ok()) return "OK";
  return absl::StrCat(absl::StatusCodeToString(status.code()), ": ", status.message());
}

void ConnectionTest::Reset() {
  ResetUnattached();
  Attach();
}

void ConnectionTest::ResetUnattached() {
  responders.clear();
  options_.runner = loop_->task_runner();
  options_.now = [this] { return now_; };
  wire_ = std::make_shared<Wire>();
  next_tick.reset();
  connection_ = std::make_unique<Connection>(this, options_);
}

void ConnectionTest::Attach() { connection_->Attach(std::make_unique<RecordingPipe>(wire_)); }

void ConnectionTest::Pass(int ms) {
  const MonotonicTime until = In(ms);
  while (next_tick && *next_tick <= until) {
    now_ = std::max(now_, *next_tick);
    next_tick.reset();
    connection_->Tick(now_);
  }
  now_ = until;
}

void ConnectionTest::RunTasks() { loop_->Dispatch(); }

ReplyCallback ConnectionTest::Keep(const std::string& name) {
  return [this, name](const Reply& reply) {
    ends.push_back(absl::StrCat(name, ": ", ShortText(reply.status)));
    if (auto callback = during.find(name); callback != during.end()) callback->second();
  };
}

absl::StatusOr<CallId> ConnectionTest::Invoke(const std::string& name, const Patience& patience) {
  return connection_->Invoke({.channel = name}, EmptyPayload(), patience, Keep(name));
}

absl::Status ConnectionTest::InvokeSync(const std::string& name, const Patience& patience) {
  return connection_->InvokeSync(BlockingForTest(), {.channel = name}, EmptyPayload(), patience,
                                 Keep(name));
}

void ConnectionTest::Hear(const char* what, const IncomingMessage& message) {
  std::string channel(message.address.channel);
  heard.push_back(absl::StrCat(what, " ", channel));
  heard_in = message.address.frame_id;
  if (auto callback = during.find(channel); callback != during.end()) callback->second();
}

void ConnectionTest::OnSend(const IncomingMessage& message) { Hear("send", message); }

void ConnectionTest::OnInvoke(const IncomingMessage& message, Responder responder) {
  responders.insert_or_assign(std::string(message.address.channel), std::move(responder));
  Hear("invoke", message);
}

void ConnectionTest::OnSync(const IncomingMessage& message, Responder responder) {
  responders.insert_or_assign(std::string(message.address.channel), std::move(responder));
  Hear("sync", message);
}

void ConnectionTest::OnPong(CallId id) { heard.push_back(absl::StrCat("pong #", id.value())); }

void ConnectionTest::OnClosed(const absl::Status& reason) {
  heard.push_back(absl::StrCat("closed ", ShortText(reason)));
  if (auto callback = during.find("closed"); callback != during.end()) callback->second();
}

}  // namespace ipc
