// Whole round trips through the whole stack: stub, codec, call table, pipe, dispatch, handler and
// back, between a renderer (this process) and a main (the other).
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "benchmark/benchmark.h"
#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"
#include "tests/bench/bench.ipc.h"
#include "tests/bench/peer_process.h"
#include "tests/bench/servers.h"

namespace bench {
namespace {

class Echoes final : public BenchIpcMain {
  ipc::Promise<BenchEchoResponse> Echo(ipc::IpcMainInvokeEvent&, std::string text) override {
    return BenchEchoResponse{std::move(text)};
  }
};

[[noreturn]] void Die(const absl::Status& status) {
  std::cerr << status << "\n";
  std::exit(EXIT_FAILURE);
}

// Main in its own process, and this one as its renderer.
class Connected {
 public:
  Connected() : peer_("ipc", socket_.path()) {
    auto renderer = ipc::RendererProcess::Create({.socket_path = socket_.path()});
    if (!renderer.ok()) Die(renderer.status());
    renderer_ = *std::move(renderer);
  }

  ipc::RendererProcess& renderer() { return *renderer_; }

  // Runs the loop until `promise` has its answer.
  template <typename T>
  bool Await(ipc::Promise<T> promise) {
    bool is_ok = false;
    std::move(promise).Then([&](absl::StatusOr<T> answer) {
      is_ok = answer.ok();
      renderer_->Quit();
    });
    renderer_->Run();
    return is_ok;
  }

 private:
  TemporarySocketPath socket_;
  PeerProcess peer_;
  std::unique_ptr<ipc::RendererProcess> renderer_;
};

void BM_InvokeTyped_Grpc(benchmark::State& state) {
  Connected connected;
  BenchIpcRenderer stub(connected.renderer().ipc_renderer());
  std::string text(kMessageBytes, 'x');
  for (auto _ : state) {
    if (!connected.Await(stub.Echo(text))) state.SkipWithError("the call failed");
  }
}
BENCHMARK(BM_InvokeTyped_Grpc)->UseRealTime()->Unit(benchmark::kMicrosecond);

void BM_InvokeUntyped_Grpc(benchmark::State& state) {
  Connected connected;
  ipc::IpcRenderer& ipc_renderer = connected.renderer().ipc_renderer();
  std::string text(kMessageBytes, 'x');
  for (auto _ : state) {
    if (!connected.Await(ipc_renderer.Invoke("echo", text))) {
      state.SkipWithError("the call failed");
    }
  }
}
BENCHMARK(BM_InvokeUntyped_Grpc)->UseRealTime()->Unit(benchmark::kMicrosecond);

void BM_SendSyncUntyped_Grpc(benchmark::State& state) {
  Connected connected;
  ipc::IpcRenderer& ipc_renderer = connected.renderer().ipc_renderer();
  std::string text(kMessageBytes, 'x');
  for (auto _ : state) {
    if (!ipc_renderer.SendSync("echo-sync", text).ok()) state.SkipWithError("the call failed");
  }
}
BENCHMARK(BM_SendSyncUntyped_Grpc)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace

void ServeIpc(const std::string& socket) {
  auto created = ipc::MainProcess::Create();
  if (!created.ok()) Die(created.status());
  ipc::MainProcess& main = **created;
  Echoes echoes;
  absl::StatusOr<ipc::Registration> binding = BindBench(main.ipc_main(), echoes);
  if (!binding.ok()) Die(binding.status());
  absl::Status handled =
      main.ipc_main().Handle("echo", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
        return ipc::Promise<ipc::Value>(args[0]);
      });
  if (!handled.ok()) Die(handled);
  main.ipc_main().On("echo-sync", [](ipc::IpcMainEvent& event, const ipc::Args& args) {
    event.SetReturnValue(args[0]);
  });
  if (absl::Status status = main.Listen({.path = socket}); !status.ok()) Die(status);
  SayReady();
  main.Run();
}

}  // namespace bench
