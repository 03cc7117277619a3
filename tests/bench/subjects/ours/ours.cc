// Our own library, through the whole stack: each way to call over each pipe.
#include <memory>
#include <string>
#include <utility>

#include "runtime/api/renderer_process.h"
#include "tests/bench/subjects/ours/main_server.h"
#include "tests/bench/subjects/ours/renderer_client.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

struct Way {
  const char* name;
  Calls calls;
  const std::vector<Pattern>& patterns;
};

const Way kWays[] = {
    {"typed", Calls::kTyped, kEverything},
    {"untyped", Calls::kUntyped, kEverything},
    {"sync", Calls::kSync, kOneCallAtATime},
};

// A renderer in a process of its own, which comes through main's front door.
class ProcessClient final : public Client {
 public:
  ProcessClient(Calls calls, ipc::RendererProcessOptions options, const Session& session)
      : renderer_(Connect(std::move(options))),
        client_(MakeRendererClient(calls, *renderer_, session)) {}

  void RoundTrips(Meter& meter) override { client_->RoundTrips(meter); }
  void InFlight(Meter& meter) override { client_->InFlight(meter); }
  void OneWay(Meter& meter) override { client_->OneWay(meter); }
  void Paced(Meter& meter) override { client_->Paced(meter); }
  void Hear() override { client_->Hear(); }

 private:
  static std::unique_ptr<ipc::RendererProcess> Connect(ipc::RendererProcessOptions options) {
    auto renderer = ipc::RendererProcess::Create(std::move(options));
    if (!renderer.ok()) Die(renderer.status().ToString());
    return *std::move(renderer);
  }

  std::unique_ptr<ipc::RendererProcess> renderer_;
  std::unique_ptr<Client> client_;
};

Subject InprocSubject(const Way& way) {
  return {.name = std::string("ours-inproc-") + way.name,
          .patterns = way.patterns,
          .make_server =
              [calls = way.calls](const Session& session) {
                return MakeMainServer(calls, Renderers::kThreads, session);
              },
          .make_client = {}};
}

// `options` is what makes a renderer ask for this pipe.
Subject ProcessSubject(const std::string& pipe, const Way& way,
                       const ipc::RendererProcessOptions& options) {
  return {.name = "ours-" + pipe + "-" + way.name,
          .patterns = way.patterns,
          .make_server =
              [calls = way.calls](const Session& session) {
                return MakeMainServer(calls, Renderers::kProcesses, session);
              },
          .make_client =
              [calls = way.calls, options](const Session& session) {
                ipc::RendererProcessOptions at_main = options;
                at_main.socket_path = session.PathOf("main");
                return std::make_unique<ProcessClient>(calls, std::move(at_main), session);
              }};
}

}  // namespace

std::vector<Subject> Ours() {
  std::vector<Subject> subjects;
  for (const Way& way : kWays) {
    subjects.push_back(InprocSubject(way));
    subjects.push_back(ProcessSubject("shm", way, {.pipes = {ipc::PipeKind::kSharedMemory}}));
    subjects.push_back(ProcessSubject("grpc", way, {.pipes = {ipc::PipeKind::kGrpc}}));
  }
  return subjects;
}

}  // namespace bench
