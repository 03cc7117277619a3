// The patterns of a renderer whose answers come to its loop: each starts the next call.
//
// Threads     The renderer's sequence.
#pragma once

#include <functional>

#include "absl/status/status.h"
#include "runtime/api/renderer_process.h"
#include "tests/bench/harness/subject.h"

namespace bench {

class LoopClient : public Client {
 public:
  explicit LoopClient(ipc::RendererProcess& renderer) : renderer_(renderer) {}

  void RoundTrips(Meter& meter) override;
  void InFlight(Meter& meter) override;
  void OneWay(Meter& meter) override;
  void Paced(Meter& meter) override;
  void Hear() override;

 protected:
  // Starts a call whose answer goes to OnAnswer().
  virtual void Call() = 0;
  // One way, and a call that main answers when it has had what was sent before.
  virtual absl::Status Note() = 0;
  virtual void Flush() = 0;
  // Hears News and says so, from now on; says so once at once.
  virtual void Listen() = 0;

  void OnAnswer(const absl::Status& status);

  ipc::RendererProcess& renderer() { return renderer_; }

 private:
  void SendAndCall(Meter& meter);
  void CallAtNextBeat(Meter& meter);
  void Run(std::function<void()> on_answer);

  ipc::RendererProcess& renderer_;
  std::function<void()> on_answer_;
};

}  // namespace bench
