// Rule 10 at length: four frames of one renderer send, ask and wait at random, main answers late
// and out of turn. Each frame's messages arrive in its order, and each answer is that of its call.

#include <random>

#include "tests/electron/contract.h"

namespace ipc {
namespace {

constexpr int kMessages = 100'000;
constexpr uint32_t kSeed = 20261121;
constexpr size_t kFrames = 4;
// So that no queue is full: what that does is another test's.
constexpr int kMostCalls = 200;
constexpr size_t kMostOwed = 20;

RENDERER_BODY(SpeaksFromFourFramesAtRandom) {
  std::vector<IpcRenderer*> frames = {&renderer.ipc_renderer()};
  while (frames.size() < kFrames) {
    frames.push_back(&(*renderer.main_frame().CreateFrame())->ipc_renderer());
  }
  std::minstd_rand random(kSeed);
  std::vector<int64_t> next(kFrames);
  int waiting = 0;
  int64_t wrong = 0;
  auto check = [&](int64_t number, const absl::StatusOr<Value>& answer) {
    if (!answer.ok() || *answer != Value(-number)) ++wrong;
  };
  for (int i = 0; i < kMessages; ++i) {
    const size_t at = random() % kFrames;
    IpcRenderer& ipc = *frames[at];
    const int64_t number = ++next[at];
    switch (random() % 12) {
      case 0:
        check(number, ipc.SendSync("sync", number));
        break;
      case 1:
      case 2:
        ++waiting;
        ipc.Invoke("invoke", number).Then([&, number](absl::StatusOr<Value> answer) {
          --waiting;
          check(number, answer);
        });
        break;
      default:
        if (!ipc.Send("send", number).ok()) ++wrong;
    }
    if (waiting >= kMostCalls) DispatchUntil(renderer, [&] { return waiting < kMostCalls / 2; });
  }
  renderer.ipc_renderer().Send("answer all").IgnoreError();
  DispatchUntil(renderer, [&] { return waiting == 0; });
  Report(renderer, wrong);
  renderer.Run();
}

TEST_P(ElectronContract, Rule10_FramesThatSpeakAtRandomAreHeardInTheirOrderAndAnsweredEach) {
  std::minstd_rand random(kSeed + 1);
  std::map<FrameId, int64_t> last;
  int64_t heard = 0;
  int64_t out_of_order = 0;
  auto note = [&](const MessageOrigin& event, const Args& args) {
    ++heard;
    if (args[0] != ++last[event.frame_id()]) ++out_of_order;
  };
  std::vector<std::pair<int64_t, Resolver<Value>>> owed;
  auto answer_one = [&] {
    std::swap(owed[random() % owed.size()], owed.back());
    owed.back().second.Resolve(Value(-owed.back().first));
    owed.pop_back();
  };
  StartRenderer("SpeaksFromFourFramesAtRandom");
  ipc_main().On("send", [&](IpcMainEvent& event, const Args& args) { note(event, args); });
  ipc_main().On("sync", [&](IpcMainEvent& event, const Args& args) {
    note(event, args);
    const int64_t number = args[0].int64();
    if (random() % 2 == 0) return event.SetReturnValue(-number);
    main().loop().task_runner()->Post([event, number] { event.SetReturnValue(-number); });
  });
  ASSERT_TRUE(ipc_main()
                  .Handle("invoke",
                          [&](IpcMainInvokeEvent& event, const Args& args) {
                            note(event, args);
                            owed.emplace_back(args[0].int64(), Resolver<Value>());
                            Promise<Value> promise = owed.back().second.promise();
                            while (owed.size() > random() % kMostOwed) answer_one();
                            return promise;
                          })
                  .ok());
  ipc_main().On("answer all", [&](auto&, const Args&) {
    while (!owed.empty()) answer_one();
  });
  std::optional<Value> wrong;
  ipc_main().On("report", [&](auto&, const Args& args) { wrong = args[0]; });
  // More than the ten seconds that waiting has: a hundred thousand messages under a sanitizer.
  for (int64_t before = -1; !wrong && heard != before;) {
    before = heard;
    RunUntil([&] { return wrong || heard >= before + 5'000; });
  }

  EXPECT_EQ(heard, kMessages);
  EXPECT_EQ(out_of_order, 0);
  EXPECT_EQ(wrong, Value(0)) << "answers that were not of their call";
  EXPECT_EQ(last.size(), kFrames);
}

}  // namespace
}  // namespace ipc
