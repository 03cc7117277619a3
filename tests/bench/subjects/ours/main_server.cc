#include "tests/bench/subjects/ours/main_server.h"

#include <string>
#include <utility>
#include <vector>

#include "runtime/api/main_process.h"
#include "tests/bench/harness/roles.h"
#include "tests/bench/subjects/ours/bench.ipc.h"
#include "tests/bench/subjects/ours/small_object.h"
#include "tests/bench/subjects/texts.h"

namespace bench {
namespace {

void RequireOk(const absl::Status& status) {
  if (!status.ok()) Die(status.ToString());
}

template <typename T>
T ValueOf(absl::StatusOr<T> value) {
  RequireOk(value.status());
  return *std::move(value);
}

class MainServer final : public Server, private BenchIpcMain {
 public:
  MainServer(Calls calls, Renderers renderers, const Session& session)
      : session_(session),
        calls_(calls),
        renderers_(renderers),
        main_(ValueOf(ipc::MainProcess::Create())),
        binding_(ValueOf(BindBench(main_->ipc_main(), *this))) {
    ipc::IpcMain& ipc_main = main_->ipc_main();
    RequireOk(ipc_main.Handle("echo", [](ipc::IpcMainInvokeEvent&, const ipc::Args& args) {
      return ipc::Promise<ipc::Value>(args.size() == 1 ? args[0] : ipc::Value(args.values()));
    }));
    RequireOk(ipc_main.Handle("flush", [](ipc::IpcMainInvokeEvent&, const ipc::Args&) {
      return ipc::Promise<ipc::Value>(ipc::Value());
    }));
    ipc_main.On("note", [](ipc::IpcMainEvent&, const ipc::Args&) {});
    ipc_main.On("heard", [this](ipc::IpcMainEvent&, const ipc::Args&) { on_heard_(); });
  }

  void Listen() override {
    if (renderers_ == Renderers::kThreads) return;
    RequireOk(main_->Listen({.path = session_.PathOf("main")}));
  }

  void Serve() override {
    StartThreads();
    main_->Run();
  }

  void Gather() override {
    StartThreads();
    AwaitHeard([this] { main_->loop().Quit(); });
  }

  void Broadcast(Meter& meter) override {
    SayNews();
    AwaitHeard([&] {
      if (meter.Completed()) return SayNews();
      main_->loop().Quit();
    });
  }

 private:
  // BenchIpcMain.
  ipc::Promise<BenchEchoResponse> Echo(ipc::IpcMainInvokeEvent&, uint64_t number,
                                       std::string text) override {
    return BenchEchoResponse{number, std::move(text)};
  }
  ipc::Promise<BenchEchoLargeResponse> EchoLarge(ipc::IpcMainInvokeEvent&,
                                                 std::vector<uint8_t> bytes) override {
    return BenchEchoLargeResponse{std::move(bytes)};
  }
  ipc::Promise<BenchEchoSyncResponse> EchoSync(ipc::IpcMainEvent&, uint64_t number,
                                               std::string text) override {
    return BenchEchoSyncResponse{number, std::move(text)};
  }
  ipc::Promise<BenchEchoLargeSyncResponse> EchoLargeSync(ipc::IpcMainEvent&,
                                                         std::vector<uint8_t> bytes) override {
    return BenchEchoLargeSyncResponse{std::move(bytes)};
  }
  void Note(ipc::IpcMainEvent&, uint64_t, std::string) override {}
  ipc::Promise<void> Flush(ipc::IpcMainInvokeEvent&) override { return absl::OkStatus(); }
  void Heard(ipc::IpcMainEvent&) override { on_heard_(); }

  void StartThreads() {
    if (renderers_ != Renderers::kThreads) return;
    for (int i = 0; i < session_.renderers; ++i) {
      Session session = session_;
      session.index = i;
      ValueOf(main_->LaunchInproc([session, calls = calls_](ipc::RendererProcess& renderer) {
        PinThread(session.client_cpu);
        RunClient(session, *MakeRendererClient(calls, renderer, session));
      }));
    }
  }

  void SayNews() {
    for (ipc::WebContents* contents : main_->GetAllWebContents()) {
      RequireOk(calls_ == Calls::kTyped ? BenchWebContents(contents->ref()).News(kNumber, text_)
                                        : contents->Send("news", "ping", 42, object_));
    }
  }

  // Runs the loop; each time that all renderers have heard, `then`.
  void AwaitHeard(std::function<void()> then) {
    on_heard_ = [this, then = std::move(then), heard = 0]() mutable {
      if (++heard < session_.renderers) return;
      heard = 0;
      then();
    };
    main_->loop().Run();
  }

  const Session session_;
  const Calls calls_;
  const Renderers renderers_;
  const std::string text_ = SmallText();
  const ipc::Object object_ = SmallObject();
  std::function<void()> on_heard_ = [] {};
  std::unique_ptr<ipc::MainProcess> main_;
  ipc::Registration binding_;
};

}  // namespace

std::unique_ptr<Server> MakeMainServer(Calls calls, Renderers renderers, const Session& session) {
  return std::make_unique<MainServer>(calls, renderers, session);
}

}  // namespace bench
