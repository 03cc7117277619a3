// ipcMain: what main listens to and answers.
//
// MainProcess has one for all renderers; each WebContents has one of its own, scoped to that
// renderer, which is asked first.
//
//   ipc_main.On("asynchronous-message", [](ipc::IpcMainEvent& event, const ipc::Args& args) {
//     event.Reply("asynchronous-reply", "pong").IgnoreError();
//   });
//   ipc_main.Handle("add", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
//     return ipc::Value(args[0].int64() + args[1].int64());
//   });
//
// Ownership   Owns the listeners and handlers until they are removed. MainProcess, or the
//             WebContents, owns the IpcMain.
// Threads     The loop's sequence. Listeners and handlers run there.
// Errors      A listener that throws is logged, the others still hear the message; a handler that
//             throws, or answers with a Status, fails the call with that text.
// From        electron ipcMain; contract rules 1 to 7, 13, 17 to 19.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "runtime/api/ipc_main_event.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/answer.h"
#include "runtime/bindings/callable.h"
#include "runtime/bindings/handlers.h"
#include "runtime/bindings/incoming_params.h"
#include "runtime/bindings/listeners.h"
#include "runtime/bindings/subscription.h"
#include "runtime/value/args.h"

namespace ipc {

class IpcMain {
 public:
  // Anything that is called as (IpcMainEvent& event, const Args& args).
  using Listener = ListenerFor<IpcMainEvent>;
  // Anything that is called as (IpcMainInvokeEvent& event, const Args& args) and returns what a
  // Promise<Value> is made from. The event and the handler are kept until that has its answer, so
  // that a handler may be a coroutine: async/coroutine.h.
  using Handler = HandlerFor<IpcMainInvokeEvent>;

  // `name` is what warnings call it. `schemas` and `log` are main's.
  IpcMain(std::string name, std::shared_ptr<SchemaTable> schemas, LogSink log);

  // Listeners hear ipcRenderer.send and sendSync, in the order of their registration.
  ListenerId On(std::string_view channel, Listener listener);
  ListenerId AddListener(std::string_view channel, Listener listener);  // the same as On()
  ListenerId PrependListener(std::string_view channel, Listener listener);
  ListenerId Once(std::string_view channel, Listener listener);
  // Removed when the Subscription is destroyed; not called any more from then on.
  Subscription ScopedOn(std::string_view channel, Listener listener);
  void RemoveListener(std::string_view channel, ListenerId id);
  void Off(std::string_view channel, ListenerId id);  // the same as RemoveListener()
  void RemoveAllListeners();
  void RemoveAllListeners(std::string_view channel);

  // The handler answers ipcRenderer.invoke.
  // Errors: ALREADY_EXISTS, "Attempted to register a second handler for 'CH'".
  absl::Status Handle(std::string_view channel, Handler handler);
  absl::Status HandleOnce(std::string_view channel, Handler handler);
  void RemoveHandler(std::string_view channel);

  size_t ListenerCount(std::string_view channel) const;
  std::vector<std::string> EventNames() const;  // channels with listeners, sorted
  // Above this many listeners on one channel a warning is logged, once. 10 at first; 0: never.
  void SetMaxListeners(size_t max);

 private:
  friend class MainBinder;
  friend class WebContents;
  friend class WebFrameMain;

  // Listeners and handlers of either kind, as they are kept. A listener fails when the parameters
  // are not what its channel takes.
  using RawListener =
      absl::AnyInvocable<absl::Status(IpcMainEvent& event, const IncomingParams& params)>;
  using RawHandler = absl::AnyInvocable<void(IpcMainInvokeEvent& event,
                                             const IncomingParams& params, Answer answer)>;

  static RawListener Untyped(Listener listener);
  static RawHandler Untyped(Handler handler);

  // True when anybody listened.
  bool Dispatch(std::string_view channel, IpcMainEvent& event, const IncomingParams& params);
  // A listener, or who observes a WebContents, could not hear a message or failed.
  void NoteFailure(std::string_view channel, IpcMainEvent& event, const absl::Status& failure);
  void RemoveAllHandlers() { handlers_.RemoveAll(); }
  std::shared_ptr<RawHandler> FindHandler(std::string_view channel) {
    return handlers_.Find(channel);
  }

  std::shared_ptr<SchemaTable> schemas_;
  LogSink log_;
  Listeners<RawListener> listeners_;
  Handlers<RawHandler> handlers_;
};

}  // namespace ipc
