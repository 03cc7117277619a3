// A renderer's side of a test: a function beside the test that uses it, found by its name, since a
// renderer may be another process.
//
//   RENDERER_BODY(SaysPing) {
//     renderer.ipc_renderer().Send("ping").IgnoreError();
//     renderer.Run();
//   }
//
// A body makes its calls and, last, runs the loop until main is gone. What it wants to say to the
// test it sends on the channel "report". It cannot use assertions: its process is not the test's.
#pragma once

#include <poll.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/api/renderer_process.h"
#include "runtime/api/web_view.h"

namespace ipc {

using RendererBody = void (*)(RendererProcess& renderer);

struct RegisterBody {
  RegisterBody(std::string_view name, RendererBody body);
};

#define RENDERER_BODY(name)                                            \
  static void name([[maybe_unused]] ::ipc::RendererProcess& renderer); \
  static const ::ipc::RegisterBody kRegister##name(#name, &name);      \
  static void name([[maybe_unused]] ::ipc::RendererProcess& renderer)

// Throws for a name that nothing is registered under.
RendererBody FindBody(std::string_view name);

// What the command line of a renderer process says.
//
//   --renderer=BODY [--socket=PATH] [--role=ROLE] [--limits=...]
struct RendererCommand {
  std::string body;
  std::string socket_path;  // empty: the inherited socket
  std::string role = "renderer";
  Limits limits;
};
std::vector<std::string> ToArguments(const RendererCommand& command);
// None: this process is no renderer.
std::optional<RendererCommand> ParseCommand(int argc, char** argv);

// The whole of a renderer process; returns its exit code, 1 when the body threw.
int RunRenderer(const RendererCommand& command);

// Tells the test something.
void Report(RendererProcess& renderer, const Value& value);

// An outcome in one line: `OK: 42`, `UNIMPLEMENTED: Error invoking ...`.
std::string Describe(const absl::Status& status);
std::string Describe(const absl::StatusOr<Value>& outcome);

// Runs the renderer's loop until `is_done`, or until main is gone and nothing more can come.
template <typename F>
void DispatchUntil(RendererProcess& renderer, F is_done) {
  bool is_disconnected = false;
  Subscription end = renderer.disconnected().AddScoped([&](auto&) { is_disconnected = true; });
  while (!is_done()) {
    if (is_disconnected) throw std::runtime_error("main is gone, and a body still waits for it");
    pollfd ready{.fd = renderer.loop().fd(), .events = POLLIN, .revents = 0};
    poll(&ready, 1, -1);
    renderer.loop().Dispatch();
  }
}

// The outcome of a call, for bodies that have nothing else to do meanwhile.
template <typename T>
Outcome<T> Await(RendererProcess& renderer, Promise<T> promise) {
  std::optional<Outcome<T>> outcome;
  std::move(promise).Then([&](Outcome<T> settled) { outcome.emplace(std::move(settled)); });
  DispatchUntil(renderer, [&] { return outcome.has_value(); });
  return *std::move(outcome);
}

}  // namespace ipc
