// webContents: one renderer as main sees it.
//
// It exists from the launch of its process, before that has said hello: messages sent until then
// wait, in order. When its process dies the WebContents stays, with its listeners and handlers,
// until Reload() gives it another one, or Close(); one that came in by itself is destroyed with its
// connection.
//
// Ownership   MainProcess owns it and destroys it from its loop, never inside a callback. Keep a
//             WebContentsRef, not a pointer.
// Threads     The loop's sequence; ref() may be used on any thread.
// From        electron webContents; contract rules 1, 2, 13 to 16 and 21.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/api/frame_tree.h"
#include "runtime/api/ipc_main.h"
#include "runtime/api/leaving_renderer.h"
#include "runtime/api/main_ports.h"
#include "runtime/api/message_port.h"
#include "runtime/api/pinger.h"
#include "runtime/api/renderer_host.h"
#include "runtime/api/web_contents_ref.h"
#include "runtime/api/web_frame_main.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/event.h"
#include "runtime/core/connection.h"
#include "runtime/core/port_frames.h"
#include "runtime/process/child_process.h"
#include "runtime/wire/limits.h"

namespace ipc {

class ChannelPolicy;
class Relay;
class WebContentsHandle;

struct RenderProcessGoneDetails {
  ExitReason reason = ExitReason::kCleanExit;
  int exit_code = 0;  // or the signal, for kKilled and kCrashed
  // What its connection ended with, for logs.
  std::string message;
};

class WebContents final : private Connection::Delegate {
 public:
  // What all renderers of one main share. Made by MainProcess, which outlives it.
  struct Host {
    EventLoop& loop;
    IpcMain& ipc_main;
    std::shared_ptr<SchemaTable> schemas;
    MainPorts& ports;
    Limits limits;
    std::optional<milliseconds> invoke_timeout;
    Pinger::Options ping;
    LogSink log;
    std::function<void(WebContentsId, const Hello&)> on_hello;
    std::function<void(WebContentsId)> destroy;  // later, from the loop
    ChannelPolicy& policy;
    Relay& relay;
  };

  // Who it is, for as long as it exists.
  struct Identity {
    WebContentsId id;
    std::string role;
    WebContentsId embedder_id;  // of a guest; else 0
  };

  // `launch_plan` is empty for a renderer that came in by itself.
  WebContents(const Host& host, Identity identity, LaunchPlan launch_plan);
  WebContents(const WebContents&) = delete;
  WebContents& operator=(const WebContents&) = delete;
  ~WebContents();

  WebContentsId id() const { return id_; }
  const std::string& role() const { return role_; }
  const WebContentsRef& ref() const { return ref_; }
  // For logs; 0 where it is not known.
  int32_t process_id() const { return process_id_; }
  bool is_connected() const { return state_ == State::kConnected; }

  // To the main frame. Errors: as WebContentsRef::Send().
  template <typename... Values>
  absl::Status Send(std::string_view channel, Values&&... args) {
    return ref_.Send(channel, std::forward<Values>(args)...);
  }
  template <typename... Values>
  absl::Status SendToFrame(FrameId frame_id, std::string_view channel, Values&&... args) {
    return ref_.SendToFrame(frame_id, channel, std::forward<Values>(args)...);
  }

  // Asks the handler of the main frame. As WebContentsRef::Invoke().
  template <typename... Values>
  Promise<Value> Invoke(std::string_view channel, Values&&... args) {
    return ref_.Invoke(channel, std::forward<Values>(args)...);
  }
  Promise<Value> InvokeArgs(std::string_view channel, const Args& args, CallOptions options = {}) {
    return ref_.InvokeArgs(channel, args, options);
  }

  // Sends a value, and ports that live in main, which the renderer owns from then on.
  // Errors: as Send(); as MessagePort::PostMessage() for the ports, which stay as they were then.
  absl::Status PostMessage(std::string_view channel, const Value& message,
                           absl::Span<const MessagePort> transfer = {}) {
    return PostMessageToFrame(kMainFrame, channel, message, transfer);
  }
  absl::Status PostMessageToFrame(FrameId frame_id, std::string_view channel, const Value& message,
                                  absl::Span<const MessagePort> transfer = {});

  // Listeners and handlers for this renderer alone, asked before main's and after its frames'.
  IpcMain& ipc() { return ipc_; }

  // The frames that the renderer has told of, parents before children; the main frame is always
  // there.
  const std::shared_ptr<WebFrameMain>& main_frame() const { return frames_.main_frame(); }
  std::vector<std::shared_ptr<WebFrameMain>> frames() const { return frames_.all(); }

  // The WebContents that this one is a guest of; 0 when it is none.
  WebContentsId embedder_id() const { return embedder_id_; }

  // Every message of this renderer, before any listener: electron's ipc-message and
  // ipc-message-sync.
  using MessageEvent = Event<IpcMainEvent&, std::string_view, const Args&>;
  MessageEvent& ipc_message() { return ipc_message_; }
  MessageEvent& ipc_message_sync() { return ipc_message_sync_; }
  // The renderer has said hello; what was sent before is on its way.
  Event<>& did_attach() { return did_attach_; }
  // Its loop has not run for MainProcessOptions::unresponsive_after; then, that it does again. One
  // that waits in sendSync waits for main, and is responsive.
  Event<>& unresponsive() { return unresponsive_; }
  Event<>& responsive() { return responsive_; }
  // Its process is gone, or never came to be. Every call has ended before. Reload() is the way
  // back, here too.
  Event<const RenderProcessGoneDetails&>& render_process_gone() { return render_process_gone_; }
  // The last event: this object goes next.
  Event<>& destroyed() { return destroyed_; }

  // Kills the process at once, as electron's forcefullyCrashRenderer. render_process_gone follows.
  void ForcefullyCrashRenderer();

  // Starts the renderer again, as it was launched, in a new process; this object stays, with its
  // listeners and handlers. A process that still runs is told goodbye, as by Close(), and nothing
  // of it is heard any more: its calls have ended when this returns. What is sent from now on waits
  // for the new one; did_attach() follows. Errors: FAILED_PRECONDITION for one that came in by
  // itself, and after Close() or Quit(); what could not be started, and why. Nothing has changed
  // then.
  absl::Status Reload();

  // Says goodbye: what was sent still travels, the process has a moment to end by itself, then
  // this object is destroyed.
  void Close();

 private:
  friend class MainProcess;
  friend class Relay;
  friend class WebContentsHandle;

  enum class State {
    kLaunching,  // no hello yet; messages wait
    kConnected,
    kClosing,  // the connection has ended, the process has not
    kGone,
  };

  // Which of the processes that this object has had, one after the other.
  using Launch = StrongId<struct LaunchTag, uint32_t>;

  // From MainProcess.
  absl::Status Start();
  void Arrive(Arrival arrival);

  // From the processes.
  absl::StatusOr<std::unique_ptr<RendererHost>> LaunchProcess(Launch launch);
  void OnArrival(Launch launch, absl::StatusOr<Arrival> arrival);
  void OnExit(Launch launch, const ExitInfo& exit);
  void OnExit(const ExitInfo& exit);  // of the current one

  struct Replaced;  // what Reload() takes the place of
  Replaced Replace(Launch next, std::unique_ptr<RendererHost> process);
  void LetGo(Replaced old);

  std::shared_ptr<WebContentsHandle> MakeHandle();
  std::unique_ptr<Connection> MakeConnection();
  Pinger::Upcalls PingerUpcalls();

  absl::Status SendPayload(FrameId frame_id, std::string_view channel,
                           const PayloadWriter& payload);
  std::function<void()> StartCall(FrameId frame_id, std::string_view channel,
                                  const PayloadWriter& payload, const CallOptions& options,
                                  ReplyCallback done);

  // Connection::Delegate.
  void OnSend(const IncomingMessage& message) override;
  void OnInvoke(const IncomingMessage& message, Responder responder) override;
  void OnSync(const IncomingMessage& message, Responder responder) override;
  void OnQuotaReached(std::string_view oldest) override;
  void OnPong(CallId id) override { pinger_.OnPong(id); }
  void OnFrameAdded(FrameId id, FrameId parent) override;
  void OnFrameRemoved(FrameId id) override;
  void OnSendTo(const IncomingMessage& message) override;
  void OnSendToHost(const IncomingMessage& message) override;
  void OnNextTick(MonotonicTime when) override;
  void OnClosed(const absl::Status& reason) override;

  std::shared_ptr<WebFrameMain> MakeFrame(FrameId id, std::shared_ptr<WebFrameMain> parent);
  MessageOrigin OriginOf(std::shared_ptr<WebFrameMain> frame) const;
  // Null when there is none: the connection ends then.
  std::shared_ptr<WebFrameMain> FrameOf(const Address& address);
  bool DispatchToListeners(const IncomingMessage& message, IpcMainEvent& event,
                           MessageEvent& observers);
  void EndCallsThatWaitForEachOther(const std::vector<CallId>& begun);
  void GiveGrace(Task then);
  void Gone();
  void DestroyIfOver();

  const Host& host_;
  const WebContentsId id_;
  const std::shared_ptr<const LogSink> answer_log_;  // the host's, for answers that outlive this
  const std::string role_;
  const WebContentsId embedder_id_;
  const LaunchPlan launch_plan_;
  std::shared_ptr<WebContentsHandle> handle_;
  std::shared_ptr<WebContentsHandle> process_handle_;  // good for the current process alone
  WebContentsRef ref_;
  State state_ = State::kLaunching;
  Launch launch_;                // the current one
  bool has_said_hello_ = false;  // it has
  bool is_closed_ = false;       // by Close()
  int32_t process_id_ = 0;
  absl::Status end_;              // of the connection
  std::optional<ExitInfo> exit_;  // of the process, or what we take for it

  IpcMain ipc_;
  FrameTree frames_;
  std::vector<CallId>* calls_in_sync_ = nullptr;  // begun while a sendSync is dispatched
  MessageEvent ipc_message_;
  MessageEvent ipc_message_sync_;
  Event<> did_attach_;
  Event<> unresponsive_;
  Event<> responsive_;
  Event<const RenderProcessGoneDetails&> render_process_gone_;
  Event<> destroyed_;

  std::unique_ptr<RendererHost> process_;  // null for one that came in by itself
  std::unique_ptr<RemotePortHome> ports_;  // of the renderer that connection_ leads to
  std::unique_ptr<Connection> connection_;
  Pinger pinger_;
  absl::flat_hash_map<Launch, std::unique_ptr<LeavingRenderer>> leaving_;
  TimerId tick_timer_;
  TimerId grace_timer_;
};

}  // namespace ipc
