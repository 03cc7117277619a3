// Handlers and callers that are coroutines. What co_await does by itself is async_test's.
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "runtime/async/coroutine.h"
#include "samples/notes/notes.ipc.h"
#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CoroutineHandlersTest : public ApiTest {
 protected:
  // An answer that comes from the loop, turns later.
  Promise<int> Later(int value) {
    Resolver<int> resolver;
    Promise<int> promise = resolver.promise();
    EventLoop& loop = main().loop();
    loop.StartTimer(loop.Now() + milliseconds(1),
                    [resolver = std::move(resolver), value]() mutable { resolver.Resolve(value); });
    return promise;
  }

  // Runs `talk` in a renderer until it has its answer, and tells that.
  absl::StatusOr<Value> Ask(std::function<Promise<Value>(IpcRenderer&)> talk) {
    std::optional<absl::StatusOr<Value>> outcome;
    bool is_gone = false;
    WebContents& contents = LaunchInproc([&](RendererProcess& renderer) {
      talk(renderer.ipc_renderer()).Then([&](absl::StatusOr<Value> answer) {
        outcome.emplace(std::move(answer));
        renderer.Quit();
      });
      renderer.Run();
    });
    contents.render_process_gone().Add([&](auto&) { is_gone = true; });
    RunUntil([&] { return is_gone; });
    return *std::move(outcome);
  }
};

TEST_F(CoroutineHandlersTest, AHandlerAnswersWithWhatItAwaited) {
  ASSERT_TRUE(ipc_main()
                  .Handle("sum",
                          [this](IpcMainInvokeEvent& event, Args args) -> Promise<Value> {
                            int64_t sum = 0;
                            for (const Value& number : args) {
                              sum += *co_await Later(static_cast<int>(number.int64()));
                            }
                            co_return Value(sum + event.sender().id().value());
                          })
                  .ok());

  auto sum = Ask([](IpcRenderer& ipc_renderer) { return ipc_renderer.Invoke("sum", 10, 20, 30); });

  EXPECT_EQ(sum.value(), Value(61));
}

TEST_F(CoroutineHandlersTest, AHandlerThatIsRemovedKeepsItsCapturesAndItsEventUntilItHasAnswered) {
  ASSERT_TRUE(ipc_main()
                  .HandleOnce("once",
                              [this, text = std::string(100, 'x')](IpcMainInvokeEvent& event,
                                                                   Args) -> Promise<Value> {
                                (void)co_await Later(1);
                                event.sender().Send("unheard").IgnoreError();
                                co_return Value(text);
                              })
                  .ok());

  auto text = Ask([](IpcRenderer& ipc_renderer) { return ipc_renderer.Invoke("once"); });

  EXPECT_EQ(text.value(), Value(std::string(100, 'x')));
}

TEST_F(CoroutineHandlersTest, AnExceptionAfterAnAwaitFailsTheCall) {
  ASSERT_TRUE(ipc_main()
                  .Handle("fail",
                          [this](IpcMainInvokeEvent&, Args) -> Promise<Value> {
                            (void)co_await Later(1);
                            throw std::runtime_error("some error");
                          })
                  .ok());

  auto failed = Ask([](IpcRenderer& ipc_renderer) { return ipc_renderer.Invoke("fail"); });

  EXPECT_EQ(failed.status(),
            absl::UnknownError("Error invoking remote method 'fail': Error: some error"));
}

TEST_F(CoroutineHandlersTest, AHandlerWhoseCallerGivesUpIsCancelledAndItsFrameDestroyed) {
  std::vector<std::string> log;
  std::optional<Resolver<int>> owed;
  struct Leaves {
    std::vector<std::string>* log;
    IpcMainInvokeEvent* event;
    ~Leaves() { log->push_back(event->stop_token().stop_requested() ? "stopped" : "not stopped"); }
  };
  ASSERT_TRUE(ipc_main()
                  .Handle("never",
                          [&](IpcMainInvokeEvent& event, Args) -> Promise<Value> {
                            const Leaves leaves{&log, &event};
                            owed.emplace().OnCancel([&] { log.push_back("cancelled"); });
                            (void)co_await owed->promise();
                            log.push_back("goes on");
                            co_return Value();
                          })
                  .ok());

  auto given_up = Ask([](IpcRenderer& ipc_renderer) {
    return ipc_renderer.InvokeArgs("never", {}, CallOptions(milliseconds(5)));
  });
  RunUntil([&] { return !log.empty(); });
  const std::vector<std::string> while_owed = log;
  owed.reset();

  EXPECT_TRUE(absl::IsDeadlineExceeded(given_up.status()));
  EXPECT_THAT(while_owed, ElementsAre("cancelled"));
  EXPECT_THAT(log, ElementsAre("cancelled", "stopped"));
  EXPECT_THAT(this->log(), IsEmpty());
}

TEST_F(CoroutineHandlersTest, AListenerCallsACoroutineAndGivesItToThen) {
  std::vector<int> heard;
  auto work = [this](std::vector<int>* out, int number) -> Promise<void> {
    out->push_back(*co_await Later(number));
    co_return absl::OkStatus();
  };
  ipc_main().On("work", [&](IpcMainEvent&, const Args& args) {
    work(&heard, static_cast<int>(args[0].int64())).Then([](const absl::Status&) {});
  });

  LaunchInproc([](RendererProcess& renderer) {
    renderer.ipc_renderer().Send("work", 7).IgnoreError();
    renderer.Run();
  });
  RunUntil([&] { return !heard.empty(); });

  EXPECT_THAT(heard, ElementsAre(7));
}

TEST_F(CoroutineHandlersTest, ARendererAwaitsOneCallAfterTheOther) {
  ASSERT_TRUE(ipc_main()
                  .Handle("add", [](IpcMainInvokeEvent&,
                                    const Args& args) { return args[0].int64() + args[1].int64(); })
                  .ok());

  auto sum = Ask([](IpcRenderer& ipc_renderer) -> Promise<Value> {
    const absl::StatusOr<Value> three = co_await ipc_renderer.Invoke("add", 1, 2);
    const absl::StatusOr<Value> seven = co_await ipc_renderer.Invoke("add", *three, 4);
    const absl::StatusOr<Value> nobody = co_await ipc_renderer.Invoke("subtract", *seven, 4);
    co_return absl::IsUnimplemented(nobody.status()) ? seven : nobody;
  });

  EXPECT_EQ(sum.value(), Value(7));
}

TEST_F(CoroutineHandlersTest, ARenderersHandlerMayBeACoroutineToo) {
  WebContents& contents = LaunchInproc([](RendererProcess& renderer) {
    IpcRenderer& ipc_renderer = renderer.ipc_renderer();
    renderer.ipc_renderer()
        .HandleOnce("ask",
                    [&ipc_renderer, text = std::string(100, 'x')](IpcRendererInvokeEvent& event,
                                                                  Args) -> Promise<Value> {
                      const absl::StatusOr<Value> three = co_await ipc_renderer.Invoke("add", 1, 2);
                      if (event.stop_token().stop_requested()) co_return absl::CancelledError("");
                      co_return Value(Array{*three, text});
                    })
        .IgnoreError();
    renderer.Run();
  });
  ASSERT_TRUE(ipc_main()
                  .Handle("add", [](IpcMainInvokeEvent&,
                                    const Args& args) { return args[0].int64() + args[1].int64(); })
                  .ok());
  std::optional<absl::StatusOr<Value>> answer;

  contents.Invoke("ask").Then([&](absl::StatusOr<Value> outcome) { answer.emplace(outcome); });
  RunUntil([&] { return answer.has_value(); });

  EXPECT_EQ(answer->value(), Value(Array{3, std::string(100, 'x')}));
}

// Typed channels: what a generated class asks for, as coroutines.
class SlowNotes final : public notes::NotesIpcMain {
 public:
  using Later = std::function<Promise<int>(int)>;
  explicit SlowNotes(Later later) : later_(std::move(later)) {}

  void Typing(IpcMainEvent&, uint64_t) override {}
  Promise<Result<notes::Note, notes::NoteError>> Read(IpcMainInvokeEvent& event,
                                                      uint64_t id) override {
    (void)co_await later_(1);
    if (id == 0) co_return notes::NoteError::NotFound(id);
    notes::Note note;
    note.id = id;
    note.title = "for " + std::to_string(event.sender().id().value());
    co_return note;
  }
  Promise<Result<notes::Note, notes::NoteError>> Save(IpcMainInvokeEvent&,
                                                      notes::Note note) override {
    note.id = static_cast<uint64_t>(*co_await later_(7));
    co_return note;
  }
  Promise<notes::NotesVersionResponse> Version(IpcMainEvent& event) override {
    const int number = *co_await later_(3);
    co_return notes::NotesVersionResponse{std::to_string(number) + " for " +
                                          std::to_string(event.sender().id().value())};
  }
  void Message(IpcMainEvent&, Args) override {}

 private:
  const Later later_;
};

TEST_F(CoroutineHandlersTest, TypedHandlersMayBeCoroutines) {
  SlowNotes slow_notes([this](int value) { return Later(value); });
  auto binding = notes::BindNotes(ipc_main(), slow_notes);
  ASSERT_TRUE(binding.ok());
  notes::Note draft;
  draft.title = "draft";

  auto said = Ask([&](IpcRenderer& ipc_renderer) -> Promise<Value> {
    notes::NotesIpcRenderer notes(ipc_renderer);
    const auto version = notes.Version();
    const auto read = co_await notes.Read(5);
    const auto missing = co_await notes.Read(0);
    const auto saved = co_await notes.Save(draft);
    co_return Value(Array{version->version, (*read)->title, missing->error().not_found(),
                          (*saved)->id, (*saved)->title});
  });

  EXPECT_EQ(said.value(), Value(Array{"3 for 1", "for 1", 0, 7, "draft"}));
}

TEST_F(CoroutineHandlersTest, ASyncListenerThatWasSentToIsCancelledWithItsEventAlive) {
  std::optional<Resolver<int>> owed;
  bool is_asked = false;
  SlowNotes slow_notes([&](int) {
    is_asked = true;
    return owed.emplace().promise();
  });
  auto binding = notes::BindNotes(ipc_main(), slow_notes);
  ASSERT_TRUE(binding.ok());

  LaunchInproc([](RendererProcess& renderer) {
    renderer.ipc_renderer().Send("notes.Version").IgnoreError();
    renderer.Run();
  });
  RunUntil([&] { return is_asked; });

  EXPECT_TRUE(owed->is_cancelled());
  owed.reset();
}

}  // namespace
}  // namespace ipc
