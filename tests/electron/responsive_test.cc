// webContents' unresponsive and responsive (rule 16), and who is not: a renderer that waits in
// sendSync (rule 12).

#include <chrono>

#include "tests/electron/contract.h"
#include "tests/electron/gate.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ResponsiveContract : public ElectronContract {
 protected:
  // To let a renderer run that does nothing else: where no silence may be told.
  static constexpr milliseconds kMoreThanABusyMachineTakes{2'000};

  ResponsiveContract() {
    options().ping_interval = milliseconds(20);
    options().unresponsive_after = milliseconds(400);
  }

  WebContents& StartObserved(std::string_view body) {
    return StartRenderer(body, [this](WebContents& created) {
      created.unresponsive().Add([this] { told_.push_back("unresponsive"); });
      created.responsive().Add([this] { told_.push_back("responsive"); });
    });
  }

  // Lets main's loop run for so long.
  void Pass(milliseconds time) {
    bool is_over = false;
    main().loop().StartTimer(main().loop().Now() + time, [&] { is_over = true; });
    RunUntil([&] { return is_over; });
  }

  // Keeps main's loop from running for so long.
  void Compute(milliseconds time) {
    const MonotonicTime end = main().loop().Now() + time;
    while (main().loop().Now() < end) {
    }
  }

  std::vector<std::string> told_;
};

INSTANTIATE_TEST_SUITE_P(Pipes, ResponsiveContract, AllPipes(), PipeName);

TEST_P(ResponsiveContract, Rule16_ARendererWhoseLoopDoesNotRunIsUnresponsiveUntilItRunsAgain) {
  Gate gate;
  WebContents& contents = StartObserved("WaitsAtAGate");
  EXPECT_EQ(NextReport(), "started");

  ASSERT_TRUE(contents.Send("block", gate.path().string()).ok());
  RunUntil([&] { return told_.size() == 1; });
  EXPECT_TRUE(contents.is_connected());
  gate.Open();
  RunUntil([&] { return told_.size() == 2; });
  EXPECT_EQ(NextReport(), "done");

  EXPECT_THAT(told_, ElementsAre("unresponsive", "responsive"));
}

TEST_P(ResponsiveContract, Rule16_ARendererWhoseQueueIsFullIsAskedAllTheSame) {
  options().limits.outbound_frames = 4;
  Gate gate;
  WebContents& contents = StartObserved("WaitsAtAGate");

  ASSERT_TRUE(contents.Send("block", gate.path().string()).ok());
  RunUntil([&] {
    while (contents.Send("one more", Bytes(50'000)).ok()) continue;
    return told_.size() == 1;
  });
  gate.Open();
  RunUntil([&] { return told_.size() == 2; });

  EXPECT_THAT(told_, ElementsAre("unresponsive", "responsive"));
}

RENDERER_BODY(AsksSyncOnce) {
  Report(renderer, Describe(renderer.ipc_renderer().SendSync("question")));
  renderer.Run();
}

TEST_P(ResponsiveContract, Rule12_ARendererThatWaitsInSendSyncWaitsForMainAndIsResponsive) {
  options().unresponsive_after = kMoreThanABusyMachineTakes;
  std::optional<IpcMainEvent> asked;
  StartObserved("AsksSyncOnce");
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) { asked = event; });
  RunUntil([&] { return asked.has_value(); });

  Pass(options().unresponsive_after * 5 / 4);
  asked->SetReturnValue("at last");

  EXPECT_EQ(NextReport(), "OK: \"at last\"");
  EXPECT_THAT(told_, IsEmpty());
}

TEST_P(ResponsiveContract, Rule16_ARendererIsNotBlamedWhenMainWasHeldUp) {
  options().unresponsive_after = kMoreThanABusyMachineTakes;
  WebContents& contents = StartObserved("Echoes");
  ASSERT_TRUE(contents.Send("ping", 1).ok());
  EXPECT_EQ(NextReport(), 1);

  Compute(options().unresponsive_after * 5 / 4);
  Pass(milliseconds(100));

  EXPECT_THAT(told_, IsEmpty());
}

}  // namespace
}  // namespace ipc
