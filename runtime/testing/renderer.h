// One renderer of an App, for the test that plays it or watches it.
//
//   ipc::testing::Renderer& window = app.AddRenderer();
//   notes::NotesIpcRenderer notes(window.ipc_renderer());
//   auto read = app.Await(notes.Read(7));
//   window.Crash();
//
// Ownership   The App owns it.
// Threads     That of the test.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"
#include "runtime/api/web_contents.h"
#include "runtime/base/ids.h"

namespace ipc::testing {

class FaultDice;
class Scheduler;
class SteppedProcess;

struct RendererPlan {
  // What the renderer runs first, now and after every reload: it makes what a renderer's main()
  // makes, and returns it, to be kept while the renderer runs. Without, the test does all by hand.
  std::function<std::shared_ptr<void>(RendererProcess& renderer)> setup = {};
  std::string role = "renderer";
  WebContentsId embedder_id = {};  // makes it a guest of that WebContents
};

class Renderer {
 public:
  // From App.
  Renderer(Scheduler& scheduler, FaultDice& dice, MainProcess& main, RendererPlan plan);
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;
  ~Renderer();

  // Its own side. After a reload it is another one; calls on the one before fail.
  RendererProcess& process();
  IpcRenderer& ipc_renderer() { return process().ipc_renderer(); }

  // Main's side. Good for as long as the WebContents exists: one that was closed does not.
  WebContents& contents() { return *contents_; }
  const WebContentsRef& ref() const { return ref_; }

  // It ends as it would by kill -9, or by a bad pointer of its own: without another word, and with
  // what it was about to say or hear. render_process_gone follows.
  void Kill();
  void Crash();
  // Its connection is lost, and it hears of it, as main does.
  void Disconnect();
  // It runs no more until it is thawed, as it would in an endless loop: main finds it unresponsive.
  void Freeze();
  void Thaw();

 private:
  std::shared_ptr<SteppedProcess> process_;  // the current one
  WebContents* contents_ = nullptr;
  WebContentsRef ref_;
};

}  // namespace ipc::testing
