// The main process: its loop, its ipcMain, and every renderer it serves.
//
//   auto main = ipc::MainProcess::Create();
//   (*main)->ipc_main().Handle("add", ...);
//   auto contents = (*main)->Launch({.program = "./renderer"});
//   (*main)->Run();
//
// Ownership   The creator owns it; it owns the loop, the IpcMain and every WebContents. Destroying
//             it, which must not happen inside one of its callbacks, kills the renderers that it
//             launched; after a Quit() there are none.
// Threads     The thread that created it, on which Run() is called too. Quit() on any thread.
// From        electron app, ipcMain and webContents.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/api/channel_policy.h"
#include "runtime/api/ipc_main.h"
#include "runtime/api/main_ports.h"
#include "runtime/api/relay.h"
#include "runtime/api/renderer_host.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/event_loop.h"
#include "runtime/base/log.h"
#include "runtime/bindings/event.h"
#include "runtime/process/accept.h"
#include "runtime/process/front_door.h"
#include "runtime/process/tokens.h"
#include "runtime/wire/limits.h"
#include "runtime/wire/schema_digest.h"

namespace ipc {

class RendererProcess;
struct RendererProcessOptions;

struct MainProcessOptions {
  Limits limits = {};
  // How long handlers may take where neither the channel nor the caller says it. Absent: for ever.
  std::optional<milliseconds> invoke_timeout = {};
  // Those of the channels that this program was built with (NotesSchema() ...): a renderer that
  // was built with others is logged.
  std::vector<SchemaDigest> schemas = {};
  // How often every renderer is asked whether its loop runs, and how long it may be silent: see
  // WebContents::unresponsive(). 0: never asked.
  milliseconds ping_interval{1'000};
  milliseconds unresponsive_after{5'000};
  // May a renderer use that channel of main? Asked before anybody hears the message; a call that is
  // refused ends with PERMISSION_DENIED. Empty: yes.
  ChannelPolicy::Allow allow = {};
  // May `from` sendTo `to`? Asked where their roles differ and neither is the other's guest. Empty:
  // no.
  Relay::Allow allow_send_to = {};
  // How long the loop waits for the next message of a renderer before it sleeps, where that runs on
  // another processor. 0 saves power, and makes a call wait for the processor to wake.
  microseconds spin_budget = kDefaultSpinBudget;
  LogSink log = LogToStderr;
};

struct RendererOptions {
  // A path; PATH is not searched. A relative one begins in `working_directory`, not in the folder
  // of the program that launches it.
  std::string program = {};
  std::vector<std::string> args = {};  // without the program's name
  // The renderer has our environment, unless it is not to inherit it; without the variables that
  // are named to be unset; with those that are set, in place of what has the same name.
  bool inherit_environment = true;
  std::vector<std::string> unset_environment = {};
  std::vector<std::pair<std::string, std::string>> environment = {};
  std::string working_directory = {};  // empty: ours
  std::string role = "renderer";       // what the renderer must say it is in its hello
  WebContentsId embedder_id = {};      // makes it a guest of that WebContents, which it goes with
  std::vector<PipeKind> pipes = AllPipeKinds();  // that it may come with
};

// Somebody at the front door.
struct AttachRequest {
  std::string role;
  std::string token;
  PeerCredentials peer;
};

struct ListenOptions {
  std::string path = {};  // of the unix socket; see process/front_door.h
  // Whether a renderer must show a token of IssueToken().
  bool needs_token = false;
  // Refuses, with the Status that the renderer gets; asked after the token. Empty: every process of
  // our user may come in.
  std::function<absl::Status(const AttachRequest&)> admit = {};
  // Which WebContents an admitted renderer is a guest of. Empty, or 0: of none.
  std::function<WebContentsId(const AttachRequest&)> embedder_of = {};
  // Serves gRPC clients of other languages on the same socket. Only for peers that are trusted:
  // their bytes reach gRPC's HTTP/2.
  bool allow_grpc_clients = false;
  std::vector<PipeKind> pipes = AllPipeKinds();  // that renderers may come with
};

class MainProcess {
 public:
  // Errors: RESOURCE_EXHAUSTED when the process is out of descriptors.
  static absl::StatusOr<std::unique_ptr<MainProcess>> Create(MainProcessOptions options = {});
  // On a loop that is there already: one with a clock of its own, for tests.
  static std::unique_ptr<MainProcess> CreateOn(std::unique_ptr<EventLoop> loop,
                                               MainProcessOptions options);
  MainProcess(const MainProcess&) = delete;
  MainProcess& operator=(const MainProcess&) = delete;
  ~MainProcess();

  EventLoop& loop() { return *loop_; }
  // Until Quit(). In a loop of your own, loops/glib.h and its neighbours, there is no Run(): they
  // say when it would return, as loop().Dispatch() does.
  void Run() { loop_->Run(); }
  // Closes every WebContents, and lets Run() return when they are destroyed, after two seconds at
  // most: a process that has not ended by itself after 1.5 s is killed.
  void Quit();

  IpcMain& ipc_main() { return ipc_main_; }

  // Starts a renderer. The WebContents is there at once; what is sent to it waits for its hello.
  // Errors: the program could not be started, and why; FAILED_PRECONDITION after Quit(); NOT_FOUND
  // for the guest of an embedder that does not exist (any more).
  absl::StatusOr<WebContents*> Launch(const RendererOptions& options);

  // Runs a renderer on a thread of this process: `body` makes its calls there, then, usually,
  // renderer.Run(). For tests. The thread is joined when the WebContents is destroyed.
  absl::StatusOr<WebContents*> LaunchInproc(std::function<void(RendererProcess&)> body,
                                            std::string role = "renderer",
                                            WebContentsId embedder_id = {});

  // Runs a renderer wherever `host` makes it live, now and after each Reload(). For tests.
  using HostLaunch = std::function<absl::StatusOr<std::unique_ptr<RendererHost>>(
      const Admission& admission, const RendererProcessOptions& options,
      RendererHost::Upcalls upcalls)>;
  absl::StatusOr<WebContents*> LaunchIn(HostLaunch host, std::string role = "renderer",
                                        WebContentsId embedder_id = {});

  // Lets renderers that others launched come in through a unix socket, from now on. Once.
  absl::Status Listen(ListenOptions options);

  // A token for one renderer of that role, which shows it in RendererProcessOptions::token when it
  // comes in: for once, and for a while. How the renderer gets it is the caller's affair; other
  // users can read a command line, and no environment or pipe.
  std::string IssueToken(std::string role, milliseconds good_for = milliseconds(60'000));

  // Null when there is none of that id any more.
  WebContents* FromId(WebContentsId id);
  std::vector<WebContents*> GetAllWebContents();

  // Messages of sendTo and sendToHost that were not passed on: nobody there, or not allowed.
  uint64_t refused_relays() const { return relay_.refused(); }

  // Messages and calls that MainProcessOptions::allow has refused.
  uint64_t refused_messages() const { return policy_.refused(); }

  // A WebContents has come to be, by Launch() or through the front door.
  Event<WebContents&>& web_contents_created() { return web_contents_created_; }

 private:
  friend struct MessageChannel;

  MainProcess(std::unique_ptr<EventLoop> loop, MainProcessOptions options);

  WebContentsId NextId();
  absl::StatusOr<Admission> Admit(const ListenOptions& options, const AttachRequest& request);
  AcceptOptions AcceptLaunched(const WebContents::Identity& identity,
                               const std::vector<PipeKind>& pipes);
  void NoteNoMemory(const absl::Status& why);  // once
  absl::StatusOr<WebContents*> AddLaunched(WebContents::Identity identity, LaunchPlan plan);
  void CloseGuestsOf(WebContentsId embedder_id);
  void OnArrival(Arrival arrival);
  void CompareSchemas(WebContentsId id, const Hello& hello);
  void DestroyLater(WebContentsId id);
  void CloseAll();
  void FinishQuit();
  absl::Status CheckMayGrow() const;
  // A guest needs one that lives.
  absl::Status CheckEmbedder(WebContentsId id);

  std::unique_ptr<EventLoop> loop_;
  const std::shared_ptr<GrpcLoop> grpc_;  // what all gRPC pipes share
  const MainProcessOptions options_;
  std::shared_ptr<SchemaTable> schemas_;
  MainPorts ports_;
  IpcMain ipc_main_;
  Event<WebContents&> web_contents_created_;
  ChannelPolicy policy_;
  Relay relay_;
  WebContents::Host host_;
  WebContentsId last_id_;
  bool is_quitting_ = false;
  bool has_told_of_memory_ = false;
  TimerId quit_timer_;
  absl::btree_map<WebContentsId, std::unique_ptr<WebContents>> contents_;
  Tokens tokens_;
  std::unique_ptr<FrontDoor> front_door_;
};

}  // namespace ipc
