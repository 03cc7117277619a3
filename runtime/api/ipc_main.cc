#include "runtime/api/ipc_main.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/base/strings.h"
#include "runtime/core/endings.h"

namespace ipc {

IpcMain::IpcMain(std::string name, std::shared_ptr<SchemaTable> schemas, LogSink log)
    : schemas_(std::move(schemas)), log_(std::move(log)), listeners_(std::move(name), log_) {}

ListenerId IpcMain::On(std::string_view channel, Listener listener) {
  return listeners_.Append(channel, Untyped(std::move(listener)));
}

ListenerId IpcMain::AddListener(std::string_view channel, Listener listener) {
  return On(channel, std::move(listener));
}

ListenerId IpcMain::PrependListener(std::string_view channel, Listener listener) {
  return listeners_.Prepend(channel, Untyped(std::move(listener)));
}

ListenerId IpcMain::Once(std::string_view channel, Listener listener) {
  return listeners_.AppendOnce(channel, Untyped(std::move(listener)));
}

Subscription IpcMain::ScopedOn(std::string_view channel, Listener listener) {
  return listeners_.AppendScoped(channel, Untyped(std::move(listener)));
}

void IpcMain::RemoveListener(std::string_view channel, ListenerId id) {
  listeners_.Remove(channel, id);
}

void IpcMain::Off(std::string_view channel, ListenerId id) { RemoveListener(channel, id); }

void IpcMain::RemoveAllListeners() { listeners_.RemoveAll(); }

void IpcMain::RemoveAllListeners(std::string_view channel) { listeners_.RemoveAll(channel); }

absl::Status IpcMain::Handle(std::string_view channel, Handler handler) {
  return handlers_.Add(channel, Untyped(std::move(handler)));
}

absl::Status IpcMain::HandleOnce(std::string_view channel, Handler handler) {
  return handlers_.AddOnce(channel, Untyped(std::move(handler)));
}

void IpcMain::RemoveHandler(std::string_view channel) { handlers_.Remove(channel); }

size_t IpcMain::ListenerCount(std::string_view channel) const { return listeners_.count(channel); }

std::vector<std::string> IpcMain::EventNames() const { return listeners_.channels(); }

void IpcMain::SetMaxListeners(size_t max) { listeners_.set_max(max); }

IpcMain::RawListener IpcMain::Untyped(Listener listener) {
  return
      [listener = std::move(listener)](IpcMainEvent& event, const IncomingParams& params) mutable {
        const absl::StatusOr<Args>& args = params.args();
        if (!args.ok()) return args.status();
        listener(event, *args);
        return absl::OkStatus();
      };
}

IpcMain::RawHandler IpcMain::Untyped(Handler handler) {
  return [handler = std::move(handler)](IpcMainInvokeEvent& event, const IncomingParams& params,
                                        Answer answer) mutable {
    const absl::StatusOr<Args>& args = params.args();
    if (!args.ok()) return answer.Refuse(AsDetail(args.status()));
    AnswerWith<Value>(std::move(answer), [&] { return handler(event, *args); });
  };
}

bool IpcMain::Dispatch(std::string_view channel, IpcMainEvent& event,
                       const IncomingParams& params) {
  return listeners_.Emit(channel, [&](RawListener& listener) {
    absl::Status outcome = RunCatching([&] { return listener(event, params); });
    if (!outcome.ok()) NoteFailure(channel, event, outcome);
  }) > 0;
}

void IpcMain::NoteFailure(std::string_view channel, IpcMainEvent& event,
                          const absl::Status& failure) {
  const absl::Status detail = AsDetail(failure);
  if (event.sync_reply()) event.sync_reply()->NoteFailure(detail);
  log_(LogLevel::kError,
       absl::StrCat("Error occurred in listener for '", ToAbsl(channel), "' of WebContents #",
                    event.sender().id().value(), ": ", detail.message()));
}

}  // namespace ipc
