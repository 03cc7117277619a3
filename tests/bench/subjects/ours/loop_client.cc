#include "tests/bench/subjects/ours/loop_client.h"

#include <chrono>
#include <utility>

namespace bench {

void LoopClient::RoundTrips(Meter& meter) {
  Call();
  Run([&] {
    if (meter.Completed()) return Call();
    renderer_.loop().Quit();
  });
}

void LoopClient::InFlight(Meter& meter) {
  for (int i = 0; i < kWindow; ++i) SendAndCall(meter);
  Run([&] {
    if (meter.Answered()) return SendAndCall(meter);
    if (meter.all_answered()) renderer_.loop().Quit();
  });
}

void LoopClient::OneWay(Meter& meter) {
  // Two batches are on their way, so that main always has one to read, and what waits stays below
  // the limit of a renderer's queue.
  constexpr int kBatch = 1'000;
  bool is_over = false;
  int batches = 0;
  const auto send_batch = [&] {
    for (int i = 0; i < kBatch && !is_over; ++i) {
      is_over = !meter.MaySend();
      if (is_over) break;
      if (absl::Status status = Note(); !status.ok()) Die(status.ToString());
    }
    ++batches;
    Flush();
  };
  send_batch();
  send_batch();
  Run([&] {
    --batches;
    if (!is_over) return send_batch();
    if (batches == 0) renderer_.loop().Quit();
  });
}

void LoopClient::Paced(Meter& meter) {
  CallAtNextBeat(meter);
  Run([&] {
    if (meter.Completed()) return CallAtNextBeat(meter);
    renderer_.loop().Quit();
  });
}

void LoopClient::Hear() {
  Listen();
  renderer_.loop().Run();
}

void LoopClient::OnAnswer(const absl::Status& status) {
  if (!status.ok()) Die(status.ToString());
  on_answer_();
}

void LoopClient::SendAndCall(Meter& meter) {
  meter.Sent();
  Call();
}

void LoopClient::CallAtNextBeat(Meter& meter) {
  const ipc::MonotonicTime beat{std::chrono::nanoseconds(meter.NextBeatNs())};
  renderer_.loop().StartTimer(beat, [this, &meter] {
    meter.Begin();
    Call();
  });
}

void LoopClient::Run(std::function<void()> on_answer) {
  on_answer_ = std::move(on_answer);
  renderer_.loop().Run();
}

}  // namespace bench
