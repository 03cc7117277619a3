#include "runtime/api/ipc_renderer.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"
#include "runtime/core/endings.h"

namespace ipc {

IpcRenderer::IpcRenderer(Connection& connection, const Blocking& blocking, Options options)
    : connection_(connection),
      blocking_(blocking),
      now_(std::move(options.now)),
      sync_timeout_(options.sync_timeout),
      invoke_timeout_(options.invoke_timeout),
      log_(std::move(options.log)),
      listeners_("IpcRenderer", log_) {}

absl::Status IpcRenderer::SendArgs(std::string_view channel, const Args& args) {
  return Send(SendChannel<Args>{channel}, args);
}

Promise<Value> IpcRenderer::InvokeArgs(std::string_view channel, const Args& args,
                                       CallOptions options) {
  return InvokeWith<Value>(channel, args, DeadlineOf(options, 0, invoke_timeout_));
}

absl::StatusOr<Value> IpcRenderer::SendSyncArgs(std::string_view channel, const Args& args,
                                                CallOptions options) {
  return SendSyncWith<Value>(channel, args, DeadlineOf(options, 0, sync_timeout_));
}

ListenerId IpcRenderer::On(std::string_view channel, Listener listener) {
  return listeners_.Append(channel, Untyped(std::move(listener)));
}

ListenerId IpcRenderer::AddListener(std::string_view channel, Listener listener) {
  return On(channel, std::move(listener));
}

ListenerId IpcRenderer::PrependListener(std::string_view channel, Listener listener) {
  return listeners_.Prepend(channel, Untyped(std::move(listener)));
}

ListenerId IpcRenderer::Once(std::string_view channel, Listener listener) {
  return listeners_.AppendOnce(channel, Untyped(std::move(listener)));
}

Subscription IpcRenderer::ScopedOn(std::string_view channel, Listener listener) {
  return listeners_.AppendScoped(channel, Untyped(std::move(listener)));
}

void IpcRenderer::RemoveListener(std::string_view channel, ListenerId id) {
  listeners_.Remove(channel, id);
}

void IpcRenderer::Off(std::string_view channel, ListenerId id) { RemoveListener(channel, id); }

void IpcRenderer::RemoveAllListeners() { listeners_.RemoveAll(); }

void IpcRenderer::RemoveAllListeners(std::string_view channel) { listeners_.RemoveAll(channel); }

size_t IpcRenderer::ListenerCount(std::string_view channel) const {
  return listeners_.count(channel);
}

std::vector<std::string> IpcRenderer::EventNames() const { return listeners_.channels(); }

void IpcRenderer::SetMaxListeners(size_t max) { listeners_.set_max(max); }

IpcRenderer::RawListener IpcRenderer::Untyped(Listener listener) {
  return [listener = std::move(listener)](IpcRendererEvent& event,
                                          const IncomingParams& params) mutable {
    const absl::StatusOr<Args>& args = params.args();
    if (!args.ok()) return args.status();
    listener(event, *args);
    return absl::OkStatus();
  };
}

void IpcRenderer::Dispatch(const IncomingMessage& message) {
  std::string_view channel = message.address.channel;
  IpcRendererEvent event(this, message.address.sender_id);
  IncomingParams params(message.payload, schemas_.Find(channel));
  listeners_.Emit(channel, [&](RawListener& listener) {
    absl::Status failure = RunCatching([&] { return listener(event, params); });
    if (failure.ok()) return;
    log_(LogLevel::kError, absl::StrCat("Error occurred in listener for '", ToAbsl(channel),
                                        "': ", AsDetail(failure).message()));
  });
}

MonotonicTime IpcRenderer::DeadlineOf(const CallOptions& options, int64_t channel_ms,
                                      std::optional<milliseconds> otherwise) const {
  if (options.timeout) return After(now_(), *options.timeout);
  if (channel_ms != 0) return After(now_(), milliseconds(channel_ms));
  return otherwise ? After(now_(), *otherwise) : kForever;
}

absl::Status IpcRenderer::SendPayload(std::string_view channel, const PayloadWriter& payload) {
  return connection_.Send({.channel = channel}, payload);
}

}  // namespace ipc
