// What the headers promise for any thread, for ThreadSanitizer to watch.

#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

constexpr int kThreads = 4;
constexpr int kRenderers = 3;
constexpr int kCalls = 200;

// Things that main leaves for other threads to take.
template <typename T>
class Shelf {
 public:
  void Put(T thing) {
    std::lock_guard lock(mutex_);
    things_.push_back(std::move(thing));
  }
  std::optional<T> Take() {
    std::lock_guard lock(mutex_);
    if (things_.empty()) return std::nullopt;
    std::optional<T> thing(std::move(things_.back()));
    things_.pop_back();
    return thing;
  }

 private:
  std::mutex mutex_;
  std::vector<T> things_;
};

struct Shelves {
  Shelf<Resolver<Value>> owed;
  Shelf<IpcMainEvent> asked;
  Shelf<IpcMainInvokeEvent> invoked;
};

// Answers what it finds, or, when it `only_drops`, lets it go.
void Work(Shelves& shelves, bool only_drops, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (auto resolver = shelves.owed.Take(); resolver && !only_drops) resolver->Resolve(Value(1));
    if (auto event = shelves.asked.Take()) {
      event->Reply("note", 1).IgnoreError();
      if (!only_drops) event->SetReturnValue(1);
    }
    if (auto event = shelves.invoked.Take()) {
      std::stop_callback on_stop(event->stop_token(), [] {});
      event->sender().Send("note", event->stop_token().stop_requested()).IgnoreError();
    }
    std::this_thread::yield();
  }
}

void Ask(RendererProcess& renderer) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  int open = kCalls;
  ipc.On("note", [](auto&, const Args&) {});
  for (int call = 0; call < kCalls; ++call) {
    ipc.Invoke("call").Then([&](absl::StatusOr<Value>) {
      if (--open == 0) renderer.Quit();
    });
    if (call % 3 == 0) Promise<Value> given_up = ipc.Invoke("call");
    if (call % 10 == 0) ipc.SendSync("question").IgnoreError();
  }
  renderer.Run();
}

TEST_F(ApiTest, AnswersSendsAndStopsMayComeFromAnyThread) {
  Shelves shelves;
  ASSERT_TRUE(ipc_main()
                  .Handle("call",
                          [&](IpcMainInvokeEvent& event, const Args&) {
                            Resolver<Value> resolver;
                            Promise<Value> promise = resolver.promise();
                            shelves.owed.Put(std::move(resolver));
                            shelves.invoked.Put(event);
                            return promise;
                          })
                  .ok());
  ipc_main().On("question", [&](IpcMainEvent& event, const Args&) {
    for (int copies = 0; copies < 2; ++copies) shelves.asked.Put(event);
  });
  std::vector<std::jthread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back(
        [&, only_drops = i % 2 == 1](std::stop_token stop) { Work(shelves, only_drops, stop); });
  }
  int gone = 0;
  for (int i = 0; i < kRenderers; ++i) {
    LaunchInproc(Ask).render_process_gone().Add([&](auto&) { ++gone; });
  }

  RunUntil([&] { return gone >= 1; });
  main().GetAllWebContents().back()->Close();
  RunUntil([&] { return gone == kRenderers; });
  DestroyMain();
}

}  // namespace
}  // namespace ipc
