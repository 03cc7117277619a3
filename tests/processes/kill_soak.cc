#include "tests/processes/kill_soak.h"

#include <iostream>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"
#include "tests/processes/self_watch.h"

namespace ipc::testing {
namespace {

// Calls that a renderer keeps in flight.
constexpr int kWindow = 16;
// Victims before the survivor: after them, everything that is made once has been made.
constexpr int kWarmUpVictims = 3;

// Main's half.
class KillSoak {
 public:
  explicit KillSoak(const KillSoakOptions& options)
      : options_(options), main_(*MainProcess::Create({.log = [](LogLevel, std::string_view) {}})) {
    HandleCalls(main_->ipc_main());
  }

  KillSoakResult Run() {
    LaunchVictim();
    main_->loop().StartTimer(main_->loop().Now() + options_.timeout, [this] { main_->Quit(); });
    main_->Run();

    result_.descriptors_after = OpenDescriptors();
    result_.resident_kib_after = ResidentKib();
    return result_;
  }

 private:
  void HandleCalls(IpcMain& ipc_main) {
    ipc_main.Handle("echo", [](IpcMainInvokeEvent&, const Args& args) { return Value(args[0]); })
        .IgnoreError();
    // Answered never, but told when its caller has died.
    ipc_main
        .Handle("hold",
                [this](IpcMainInvokeEvent& event, const Args&) {
                  ++result_.victim_calls_begun;
                  auto held = std::make_shared<Held>();
                  held->on_stop.emplace(event.stop_token(),
                                        [this] { ++result_.victim_calls_ended; });
                  Promise<Value> promise = held->resolver.promise();
                  holds_[event.sender().id()].push_back(std::move(held));
                  return promise;
                })
        .IgnoreError();
    ipc_main.On("done", [this](IpcMainEvent&, const Args& args) {
      result_.survivor_answers = static_cast<int>(args[0].int64());
      result_.survivor_failures = static_cast<int>(args[1].int64());
      result_.survivor_calls = static_cast<int>(args[2].int64());
    });
  }

  WebContents* Launch(const std::string& name) {
    absl::StatusOr<WebContents*> contents = main_->Launch(
        {.program = options_.program,
         .args = {absl::StrCat("--renderer=", name), std::to_string(options_.survivor_calls)}});
    if (!contents.ok()) {
      std::cerr << contents.status() << "\n";
      std::abort();
    }
    return *contents;
  }

  void LaunchVictim() {
    WebContents* victim = Launch("victim");
    ++result_.victims;
    WebContentsRef ref = victim->ref();
    victim->render_process_gone().Add([this, victim](const RenderProcessGoneDetails&) {
      holds_.erase(victim->id());
      victim->Close();
    });
    victim->destroyed().Add([this] {
      // Once more around the loop: this victim is destroyed after its last event.
      main_->loop().task_runner()->Post([this] { GoOn(); });
    });
    main_->loop().StartTimer(main_->loop().Now() + options_.kill_interval, [ref] {
      if (WebContents* contents = ref.get()) contents->ForcefullyCrashRenderer();
    });
  }

  // Between two victims.
  void GoOn() {
    if (survivor_is_gone_) {
      result_.has_finished = true;
      return main_->Quit();
    }
    if (result_.victims == kWarmUpVictims) {
      result_.descriptors_before = OpenDescriptors();
      result_.resident_kib_before = ResidentKib();
      LaunchSurvivor();
    }
    if (result_.victims == options_.least_victims) survivor_.Send("enough").IgnoreError();
    LaunchVictim();
  }

  void LaunchSurvivor() {
    WebContents* survivor = Launch("survivor");
    survivor_ = survivor->ref();
    survivor->render_process_gone().Add(
        [survivor](const RenderProcessGoneDetails&) { survivor->Close(); });
    survivor->destroyed().Add([this] { survivor_is_gone_ = true; });
  }

  struct Held {
    Resolver<Value> resolver;
    std::optional<std::stop_callback<std::function<void()>>> on_stop;
  };

  const KillSoakOptions options_;
  KillSoakResult result_;
  absl::flat_hash_map<WebContentsId, std::vector<std::shared_ptr<Held>>> holds_;
  WebContentsRef survivor_;
  bool survivor_is_gone_ = false;
  std::unique_ptr<MainProcess> main_;
};

// Keeps kWindow echo calls in flight until `calls` have ended and main has seen enough victims,
// then tells main and leaves.
class Survivor {
 public:
  Survivor(RendererProcess& renderer, int calls) : renderer_(renderer), calls_(calls) {}

  void Start() {
    renderer_.ipc_renderer().Once("enough",
                                  [this](IpcRendererEvent&, const Args&) { is_enough_ = true; });
    for (int i = 0; i < kWindow; ++i) CallNext();
  }

 private:
  void CallNext() {
    if (is_enough_ && begun_ >= calls_) return;
    int number = begun_++;
    renderer_.ipc_renderer()
        .Invoke("echo", number)
        .Then([this, number](absl::StatusOr<Value> answer) {
          ++(answer.ok() && *answer == Value(number) ? answers_ : failures_);
          CallNext();
          if (answers_ + failures_ == begun_) Finish();
        });
  }

  void Finish() {
    renderer_.ipc_renderer().Send("done", answers_, failures_, begun_).IgnoreError();
    renderer_.Quit();
  }

  RendererProcess& renderer_;
  const int calls_;
  bool is_enough_ = false;
  int begun_ = 0;
  int answers_ = 0;
  int failures_ = 0;
};

void RunVictim(RendererProcess& renderer) {
  for (int i = 0; i < kWindow; ++i) {
    renderer.ipc_renderer().Invoke("hold", i).Then([](absl::StatusOr<Value>) {});
  }
  renderer.Run();
}

}  // namespace

KillSoakResult RunKillSoak(const KillSoakOptions& options) { return KillSoak(options).Run(); }

int RunKillSoakRenderer(const std::string& name, int survivor_calls) {
  absl::StatusOr<std::unique_ptr<RendererProcess>> renderer =
      RendererProcess::Create({.log = [](LogLevel, std::string_view) {}});
  if (!renderer.ok()) return EXIT_FAILURE;
  if (name == "victim") {
    RunVictim(**renderer);
  } else {
    Survivor survivor(**renderer, survivor_calls);
    survivor.Start();
    (*renderer)->Run();
  }
  return EXIT_SUCCESS;
}

std::string Describe(const KillSoakResult& result) {
  return absl::StrCat(
      "survivor: ", result.survivor_calls, " calls, ", result.survivor_answers, " answers, ",
      result.survivor_failures, " failures\nvictims: ", result.victims, " killed, ",
      result.victim_calls_begun, " calls begun, ", result.victim_calls_ended,
      " ended\ndescriptors: ", result.descriptors_before, " before, ", result.descriptors_after,
      " after\nresident: ", result.resident_kib_before, " KiB when warm, ",
      result.resident_kib_after, " KiB after", result.has_finished ? "" : "\nTIMED OUT");
}

}  // namespace ipc::testing
