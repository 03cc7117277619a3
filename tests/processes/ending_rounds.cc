#include "tests/processes/ending_rounds.h"

#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <functional>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "runtime/base/strings.h"
#include "tests/processes/renderer_roles.h"
#include "tests/processes/self_watch.h"
#include "tests/processes/stage.h"

namespace ipc::testing {
namespace {

using std::chrono::microseconds;
using std::chrono::steady_clock;

constexpr microseconds kDeathLimit{100'000};
// What comes on top of unresponsive_after: a turn of the pinger, and of a busy machine.
constexpr microseconds kTurn{250'000};

class EndingRounds {
 public:
  explicit EndingRounds(const EndingRoundsOptions& options)
      : options_(options),
        stage_({.ping_interval = options.ping_interval,
                .unresponsive_after = options.unresponsive_after}) {}

  EndingRoundsResult Run() {
    for (int i = 0; i < 3; ++i) stage_.Close(stage_.StartRenderer("serves"));
    Repeat("kill -9", kDeathLimit, [this] { return KillNine(); });
    Repeat("kill -9, a grandchild holds the descriptor", kDeathLimit,
           [this] { return KillNineWithGrandchild(); });
    Repeat("SIGSTOP", options_.unresponsive_after + kTurn, [this] { return Stop(); });
    Repeat("SIGCONT", kDeathLimit, [this] { return Continue(); });
    Repeat("kill -9 while stopped", kDeathLimit, [this] { return KillNineWhileStopped(); });
    Repeat("exec failure", kDeathLimit, [this] { return FailToExec(); });
    Repeat("exit before the hello", kDeathLimit, [this] { return ExitBeforeHello(); });
    return result_;
  }

 private:
  void Repeat(std::string name, microseconds limit, const std::function<microseconds()>& round) {
    EndingResult ending{.name = std::move(name), .noticed_after = {}, .limit = limit};
    const size_t descriptors = OpenDescriptors();
    for (int i = 1; i <= options_.rounds; ++i) {
      try {
        microseconds time = round();
        // A busy machine holds up a round now and then, a fault every one.
        if (time > limit) time = round();
        if (time > limit) Fail(ending.name, i, "noticed too late, twice");
        ending.noticed_after.push_back(time);
        stage_.PollUntil("no process is left", [] { return !HasChildren(); });
        stage_.PollUntil("no descriptor is left", [&] { return OpenDescriptors() == descriptors; });
      } catch (const std::exception& error) {
        Fail(ending.name, i, error.what());
      }
    }
    result_.endings.push_back(std::move(ending));
  }

  void Fail(const std::string& name, int round, std::string_view what) {
    result_.failures.push_back(absl::StrCat(name, ", round ", round, ": ", ToAbsl(what)));
  }

  // From `act` to `event`, driving main.
  microseconds TimeFrom(const std::function<void()>& act, Event<>& event) {
    bool is_noticed = false;
    Subscription observer = event.AddScoped([&] { is_noticed = true; });
    const auto start = steady_clock::now();
    act();
    stage_.RunUntil("it is noticed", [&] { return is_noticed; });
    return std::chrono::duration_cast<microseconds>(steady_clock::now() - start);
  }

  // From `act` to render-process-gone; then closes what is left.
  microseconds TimeToTheEnd(WebContents& contents, const std::function<void()>& act,
                            const ExitInfo& expected) {
    std::optional<ExitInfo> exit;
    Subscription observer =
        contents.render_process_gone().AddScoped([&](const RenderProcessGoneDetails& details) {
          exit = ExitInfo{details.reason, details.exit_code};
        });
    const auto start = steady_clock::now();
    act();
    stage_.RunUntil("the end is noticed", [&] { return exit.has_value(); });
    const auto time = steady_clock::now() - start;
    if (*exit != expected) {
      throw std::runtime_error(
          absl::StrCat("gone as ", ToAbsl(ToString(exit->reason)), " ", exit->code));
    }
    stage_.Close(contents);
    return std::chrono::duration_cast<microseconds>(time);
  }

  microseconds KillNine() {
    WebContents& contents = stage_.StartRenderer("serves");
    return TimeToTheEnd(contents, [&] { kill(contents.process_id(), SIGKILL); },
                        {ExitReason::kKilled, SIGKILL});
  }

  microseconds KillNineWithGrandchild() {
    WebContents& contents = stage_.StartRenderer("serves");
    const int32_t grandchild = stage_.LeaveGrandchild(contents);
    const microseconds time = TimeToTheEnd(contents, [&] { kill(contents.process_id(), SIGKILL); },
                                           {ExitReason::kKilled, SIGKILL});
    // It came to us, and ends when main has closed its end of the socket.
    stage_.PollUntil("the grandchild has ended",
                     [&] { return waitpid(grandchild, nullptr, WNOHANG) == grandchild; });
    return time;
  }

  microseconds Stop() {
    WebContents& contents = stage_.StartRenderer("serves");
    const microseconds time =
        TimeFrom([&] { kill(contents.process_id(), SIGSTOP); }, contents.unresponsive());
    kill(contents.process_id(), SIGCONT);
    stage_.Close(contents);
    return time;
  }

  microseconds Continue() {
    WebContents& contents = stage_.StartRenderer("serves");
    TimeFrom([&] { kill(contents.process_id(), SIGSTOP); }, contents.unresponsive());
    const microseconds time =
        TimeFrom([&] { kill(contents.process_id(), SIGCONT); }, contents.responsive());
    stage_.Close(contents);
    return time;
  }

  microseconds KillNineWhileStopped() {
    WebContents& contents = stage_.StartRenderer("serves");
    TimeFrom([&] { kill(contents.process_id(), SIGSTOP); }, contents.unresponsive());
    return TimeToTheEnd(contents, [&] { kill(contents.process_id(), SIGKILL); },
                        {ExitReason::kKilled, SIGKILL});
  }

  microseconds FailToExec() {
    const auto start = steady_clock::now();
    const absl::Status launched = stage_.main().Launch({.program = "/nonexistent"}).status();
    if (!absl::IsNotFound(launched)) throw std::runtime_error(launched.ToString());
    return std::chrono::duration_cast<microseconds>(steady_clock::now() - start);
  }

  microseconds ExitBeforeHello() {
    absl::StatusOr<WebContents*> launched = stage_.main().Launch({.program = "/bin/false"});
    if (!launched.ok()) throw std::runtime_error(launched.status().ToString());
    return TimeToTheEnd(**launched, [] {}, {ExitReason::kLaunchFailed, 1});
  }

  const EndingRoundsOptions options_;
  EndingRoundsResult result_;
  Stage stage_;
};

}  // namespace

EndingRoundsResult RunEndingRounds(const EndingRoundsOptions& options) {
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  return EndingRounds(options).Run();
}

std::string Describe(const EndingRoundsResult& result) {
  std::string text = absl::StrFormat("%-44s %6s %10s %10s %10s\n", "noticed after", "rounds",
                                     "least ms", "median ms", "most ms");
  for (const EndingResult& ending : result.endings) {
    std::vector<microseconds> times = ending.noticed_after;
    if (times.empty()) continue;
    std::sort(times.begin(), times.end());
    const auto ms = [](microseconds time) { return static_cast<double>(time.count()) / 1000; };
    absl::StrAppendFormat(&text, "%-44s %6d %10.2f %10.2f %10.2f\n", ending.name, times.size(),
                          ms(times.front()), ms(times[times.size() / 2]), ms(times.back()));
  }
  return absl::StrCat(text, absl::StrJoin(result.failures, "\n"));
}

}  // namespace ipc::testing
