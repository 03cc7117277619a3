// A renderer process: its loop, its ipcRenderer, and its connection to main.
//
//   int main() {
//     auto renderer = ipc::RendererProcess::Create();
//     if (!renderer.ok()) return 1;
//     (*renderer)->ipc_renderer().Send("asynchronous-message", "ping").IgnoreError();
//     (*renderer)->Run();  // until main is gone
//   }
//
// Ownership   The creator owns it; it owns the loop and the IpcRenderer. Destroying it, which must
//             not happen inside one of its callbacks, leaves main. Continuations that still wait,
//             which is possible only without Run(), are destroyed unrun: what they refer to may
//             have been declared later than this.
// Threads     The thread that created it, on which Run() is called too. Quit() on any thread.
// From        contract rule 14: what main sends is dispatched when the loop runs for the first
//             time, so that listeners added before Run() miss nothing.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/api/ipc_renderer.h"
#include "runtime/api/renderer_frame.h"
#include "runtime/api/renderer_ports.h"
#include "runtime/async/blocking.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/log.h"
#include "runtime/bindings/event.h"
#include "runtime/core/connection.h"
#include "runtime/process/choose_pipe.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"
#include "runtime/wire/schema_digest.h"

namespace ipc {

class WebView;
struct MainConnection;

struct RendererProcessOptions {
  // Where main listens. Empty: the socket inherited from the main that launched this process.
  std::string socket_path = {};
  std::string role = "renderer";
  std::string token = {};  // what main gave out for this, where it asks for one
  std::vector<SchemaDigest> schemas =
      {};  // NotesSchema() ...; main logs where they differ from its own
  Limits limits = {};
  // How long invoke waits where neither the channel nor the call says it. Absent: for ever.
  std::optional<milliseconds> invoke_timeout = {};
  // What may carry the frames, best first; main chooses. Shared memory unless one of the two says
  // PipeKind::kGrpc alone.
  std::vector<PipeKind> pipes = AllPipeKinds();
  // How long the loop, and a sendSync, waits for main's next message before it sleeps, where main
  // runs on another processor. 0 saves power, and makes a call wait for the processor to wake.
  microseconds spin_budget = kDefaultSpinBudget;
  LogSink log = LogToStderr;
};

class RendererProcess final : private Connection::Delegate {
 public:
  // Connects to main; blocks until main has answered, at most Limits::hello_timeout.
  // Errors: FAILED_PRECONDITION when main did not launch this process and no path is given;
  // UNAVAILABLE when nobody listens; what main refused with.
  static absl::StatusOr<std::unique_ptr<RendererProcess>> Create(
      RendererProcessOptions options = {});
  // Speaks on `loop` over a connection that is there already: for who runs renderers inside of
  // main's process.
  static std::unique_ptr<RendererProcess> CreateOn(std::unique_ptr<EventLoop> loop,
                                                   MainConnection main,
                                                   const RendererProcessOptions& options);
  RendererProcess(const RendererProcess&) = delete;
  RendererProcess& operator=(const RendererProcess&) = delete;
  ~RendererProcess();

  EventLoop& loop() { return *loop_; }
  // Runs the loop until main is gone, or until Quit(), and then says goodbye: every call has ended
  // when this returns, and further ones fail. For once, at the end. In a loop of your own,
  // loops/glib.h and its neighbours, call it when they say that it is over: it returns at once.
  void Run();
  void Quit() { loop_->Quit(); }

  // That of the main frame.
  IpcRenderer& ipc_renderer() { return main_frame().ipc_renderer(); }
  RendererFrame& main_frame() { return *frames_.at(kMainFrame); }
  // What main calls this renderer.
  WebContentsId web_contents_id() const { return id_; }
  // The WebContents that this one is a guest of; 0 when it is none.
  WebContentsId embedder_id() const { return embedder_id_; }

  // Main is gone: OK when it said goodbye. Every call has ended before. Run() returns after it.
  Event<const absl::Status&>& disconnected() { return disconnected_; }

 private:
  friend class WebView;
  friend struct MessageChannel;

  struct Identity {
    WebContentsId id;
    WebContentsId embedder_id;
  };

  RendererProcess(std::unique_ptr<EventLoop> loop, Identity identity,
                  const RendererProcessOptions& options);

  // Connection::Delegate.
  void OnSend(const IncomingMessage& message) override;
  void OnInvoke(const IncomingMessage& message, Responder responder) override;
  void OnSync(const IncomingMessage& message, Responder responder) override;
  void OnSendToHost(const IncomingMessage& message) override;
  void OnNextTick(MonotonicTime when) override;
  void OnClosed(const absl::Status& reason) override;

  // Null when it is removed: main's message has crossed the news.
  RendererFrame* FindFrame(FrameId id);
  absl::StatusOr<RendererFrame*> CreateFrame(RendererFrame& parent);
  void RemoveFrame(RendererFrame& frame);

  std::unique_ptr<EventLoop> loop_;
  const WebContentsId id_;
  const WebContentsId embedder_id_;
  const size_t max_frames_;
  const LogSink log_;
  const Blocking blocking_;
  RendererPorts ports_;
  Connection connection_;
  const RendererFrame::Host frame_host_;
  FrameId last_frame_id_ = kMainFrame;
  absl::btree_map<FrameId, std::unique_ptr<RendererFrame>> frames_;  // parents before children
  absl::flat_hash_map<WebContentsId, WebView*> web_views_;
  Event<const absl::Status&> disconnected_;
  TimerId tick_timer_;
};

}  // namespace ipc
