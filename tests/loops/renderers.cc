// What the renderers of loops_test.cc do, on a thread of main as in processes of their own.
#include "tests/loops/renderers.h"

#include <stdexcept>
#include <utility>

#include "tests/electron/renderer_body.h"

namespace ipc {
namespace {

// Says one of everything, in a loop of ours, and reports what came back.
RENDERER_BODY(TalksToMain) {
  IpcRenderer& ipc_renderer = renderer.ipc_renderer();
  ipc_renderer.On("tick", [&](IpcRendererEvent&, const Args& args) { Report(renderer, args[0]); });
  ipc_renderer.Send("hello", "main").IgnoreError();
  Report(renderer, Describe(ipc_renderer.SendSync("double", 21)));
  Report(renderer, Describe(Await(renderer, ipc_renderer.Invoke("later", 2))));
  renderer.Run();
}

RENDERER_BODY(Idles) { renderer.Run(); }

// The same from inside of a loop of another kind, until main is gone.
template <typename Loop>
void LiveIn(RendererProcess& renderer) {
  IpcRenderer& ipc_renderer = renderer.ipc_renderer();
  Loop loop;
  loop.Attach(renderer.loop(), [&] { loop.Stop(); });
  bool has_lost_call_ended = false;
  ipc_renderer.On("tick", [&](IpcRendererEvent&, const Args& args) {
    Report(renderer, args[0]);
    ipc_renderer.Invoke("never").Then(
        [&](const absl::StatusOr<Value>&) { has_lost_call_ended = true; });
  });
  loop.After(milliseconds(1), [&] {
    Report(renderer, Describe(ipc_renderer.SendSync("double", 21)));
    ipc_renderer.Invoke("later", 2).Then([&](const absl::StatusOr<Value>& answer) {
      Report(renderer, Describe(answer));
      renderer.loop().StartTimer(renderer.loop().Now() + milliseconds(1),
                                 [&] { ipc_renderer.Send("hello", "main").IgnoreError(); });
    });
  });

  loop.Run();
  renderer.Run();

  if (!has_lost_call_ended) throw std::runtime_error("a call was left behind");
}

RENDERER_BODY(LivesInGlib) { LiveIn<GlibUnderTest>(renderer); }
RENDERER_BODY(LivesInUv) { LiveIn<UvUnderTest>(renderer); }
RENDERER_BODY(LivesInAsio) { LiveIn<AsioUnderTest>(renderer); }

}  // namespace
}  // namespace ipc
