// ChildProcess, with real processes: what a child inherits, and how its end is told.
#include "runtime/process/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>

#include "tests/unit/process/testing.h"

namespace ipc {
namespace {

using test::Helper;
using test::OpenDescriptors;
using test::ReadToEnd;
using test::TestLoop;
using ::testing::HasSubstr;

// One child, and how it ended.
struct Child {
  std::optional<ExitInfo> exit;
  int exits = 0;
  ChildProcess::Launched process;

  ChildProcess::OnExit Recorder() {
    return [this](const ExitInfo& info) {
      exit = info;
      ++exits;
    };
  }
};

class ChildProcessTest : public testing::Test {
 protected:
  void Launch(Child& child, const LaunchOptions& options) {
    auto launched = ChildProcess::Launch(*loop_, options, child.Recorder());
    ASSERT_TRUE(launched.ok()) << launched.status();
    child.process = *std::move(launched);
  }

  ExitInfo RunToExit(const LaunchOptions& options) {
    Child child;
    Launch(child, options);
    EXPECT_TRUE(HasFailure() || loop_.RunUntil([&] { return child.exit.has_value(); }));
    return child.exit.value_or(ExitInfo{ExitReason::kLaunchFailed, 0});
  }

  // What the helper writes to its socket.
  std::string Ask(const LaunchOptions& options) {
    Child child;
    Launch(child, options);
    return ReadToEnd(child.process.socket.get());
  }

  TestLoop loop_;
};

bool HasNoChildren() { return waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD; }

TEST_F(ChildProcessTest, ChildHasTheStandardStreamsAndItsSocketAndNothingElse) {
  // Neither close-on-exec, nor anywhere near the others.
  const UniqueFd inheritable(open("/dev/null", O_RDONLY));
  const UniqueFd distant(fcntl(inheritable.get(), F_DUPFD, 200));

  EXPECT_EQ(Ask(Helper({"fds"})), "0 1 2 3 ");
}

TEST_F(ChildProcessTest, AStandardStreamThatWeHaveClosedIsNullForTheChild) {
  const LaunchOptions options = Helper({"file", "0"});
  const UniqueFd kept(fcntl(0, F_DUPFD_CLOEXEC, 10));
  close(0);

  const std::string file = Ask(options);

  if (kept.is_valid()) dup2(kept.get(), 0);
  EXPECT_EQ(file, "/dev/null");
}

TEST_F(ChildProcessTest, ChildFindsItsSocketByTheVariableWhateverOursSays) {
  setenv(kRendererFdVariable, "77", 1);

  const std::string value = Ask(Helper({"env", kRendererFdVariable}));

  unsetenv(kRendererFdVariable);
  EXPECT_EQ(value, "3");
}

TEST_F(ChildProcessTest, EnvironmentIsOursWithTheOptionsOnTop) {
  setenv("IPC_TEST_KEPT", "ours", 1);
  setenv("IPC_TEST_CHANGED", "ours", 1);
  LaunchOptions kept = Helper({"env", "IPC_TEST_KEPT"});
  LaunchOptions changed = Helper({"env", "IPC_TEST_CHANGED"});
  changed.environment = {{"IPC_TEST_CHANGED", "theirs=too"}};

  EXPECT_EQ(Ask(kept), "ours");
  EXPECT_EQ(Ask(changed), "theirs=too");
}

TEST_F(ChildProcessTest, AVariableMayBeUnset) {
  setenv("IPC_TEST_UNSET", "ours", 1);
  LaunchOptions unset = Helper({"env", "IPC_TEST_UNSET"});
  unset.unset_environment = {"IPC_TEST_UNSET", "IPC_TEST_NEVER_SET"};
  LaunchOptions set_again = unset;
  set_again.environment = {{"IPC_TEST_UNSET", "theirs"}};

  EXPECT_EQ(Ask(unset), "(unset)");
  EXPECT_EQ(Ask(set_again), "theirs");
}

TEST_F(ChildProcessTest, AnEnvironmentMayBeWhatTheOptionsSayAndNothingElse) {
  LaunchOptions options = Helper({"environment"});
  options.inherit_environment = false;
  options.environment = {{"IPC_TEST_ALONE", ""}};

  EXPECT_EQ(Ask(options), "IPC_RENDERER_FD=3 IPC_TEST_ALONE= ");
}

TEST_F(ChildProcessTest, ArgumentsArriveAsTheyAre) {
  EXPECT_EQ(Ask(Helper({"arguments", "", "two words", "--third=\"\n*"})),
            "<><two words><--third=\"\n*>");
}

TEST_F(ChildProcessTest, StandardStreamsAreOurs) {
  const auto file_of = [](int fd) {
    return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd)).string();
  };

  EXPECT_EQ(Ask(Helper({"file", "1"})), file_of(1));
  EXPECT_EQ(Ask(Helper({"file", "2"})), file_of(2));
}

TEST_F(ChildProcessTest, WhatNoProcessCanBeGivenIsRefused) {
  const std::string zero("a\0b", 3);
  LaunchOptions no_name = Helper({"hang"});
  no_name.environment = {{"", "value"}};
  LaunchOptions two_names = Helper({"hang"});
  two_names.environment = {{"A=B", "value"}};
  LaunchOptions zero_value = Helper({"hang"});
  zero_value.environment = {{"A", zero}};

  for (const LaunchOptions& options : {no_name, two_names, zero_value, Helper({"hang", zero})}) {
    Child child;
    const auto launched = ChildProcess::Launch(*loop_, options, child.Recorder());
    EXPECT_TRUE(absl::IsInvalidArgument(launched.status())) << launched.status();
  }
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(ChildProcessTest, ChildStartsInTheWorkingDirectory) {
  LaunchOptions options = Helper({"cwd"});
  options.working_directory = "/proc";

  EXPECT_EQ(Ask(options), "/proc");
}

TEST_F(ChildProcessTest, ChildHasTheSignalsOfAFreshProcess) {
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
  const auto on_pipe = signal(SIGPIPE, SIG_IGN);
  const auto on_child = signal(SIGCHLD, SIG_IGN);

  const std::string signals = Ask(Helper({"signals"}));

  signal(SIGCHLD, on_child);
  signal(SIGPIPE, on_pipe);
  pthread_sigmask(SIG_UNBLOCK, &blocked, nullptr);
  EXPECT_EQ(signals, "open default default ");
}

TEST_F(ChildProcessTest, ExitTellsTheReasonAndTheCodeOfEachKind) {
  const auto run_signal = [&](int number) {
    return RunToExit(Helper({"signal", std::to_string(number)}));
  };

  EXPECT_EQ(RunToExit(Helper({"exit", "0"})), (ExitInfo{ExitReason::kCleanExit, 0}));
  EXPECT_EQ(RunToExit(Helper({"exit", "7"})), (ExitInfo{ExitReason::kAbnormalExit, 7}));
  EXPECT_EQ(run_signal(SIGTERM), (ExitInfo{ExitReason::kKilled, SIGTERM}));
  EXPECT_EQ(run_signal(SIGKILL), (ExitInfo{ExitReason::kKilled, SIGKILL}));
  for (const int crash : {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS}) {
    EXPECT_EQ(run_signal(crash), (ExitInfo{ExitReason::kCrashed, crash}));
  }
}

TEST_F(ChildProcessTest, ReasonsHaveElectronsNames) {
  EXPECT_EQ(ToString(ExitReason::kCleanExit), "clean-exit");
  EXPECT_EQ(ToString(ExitReason::kAbnormalExit), "abnormal-exit");
  EXPECT_EQ(ToString(ExitReason::kKilled), "killed");
  EXPECT_EQ(ToString(ExitReason::kCrashed), "crashed");
  EXPECT_EQ(ToString(ExitReason::kLaunchFailed), "launch-failed");
}

TEST_F(ChildProcessTest, LaunchNamesTheProgramThatCannotBeStarted) {
  Child child;
  const LaunchOptions missing{.program = "/nonexistent/renderer"};
  const LaunchOptions not_a_program{.program = "/proc/self/status"};

  const auto first = ChildProcess::Launch(*loop_, missing, child.Recorder());
  const auto second = ChildProcess::Launch(*loop_, not_a_program, child.Recorder());

  EXPECT_TRUE(absl::IsNotFound(first.status())) << first.status();
  EXPECT_THAT(std::string(first.status().message()), HasSubstr("'/nonexistent/renderer'"));
  EXPECT_TRUE(absl::IsPermissionDenied(second.status())) << second.status();
  EXPECT_EQ(child.exits, 0);
  EXPECT_TRUE(HasNoChildren());
}

TEST_F(ChildProcessTest, LaunchWithoutDescriptorsLeavesNothingBehind) {
  const std::set<int> before = OpenDescriptors();
  EventLoop& loop = *loop_;
  std::string outcomes;

  // A socket pair, our end of it once more, then a pidfd.
  for (int room = 0; room <= 4; ++room) {
    const LaunchOptions options = Helper({"hang"});
    const test::DescriptorLimit limit(room);
    Child child;
    const auto launched = ChildProcess::Launch(loop, options, child.Recorder());
    outcomes += launched.ok() ? "launched " : "refused ";
  }

  EXPECT_EQ(outcomes, "refused refused refused refused launched ");
  EXPECT_TRUE(HasNoChildren());
  EXPECT_EQ(OpenDescriptors(), before);
}

TEST_F(ChildProcessTest, KillEndsTheProcessOnce) {
  Child child;
  Launch(child, Helper({"hang"}));

  child.process.child->Kill();
  ASSERT_TRUE(loop_.RunUntil([&] { return child.exit.has_value(); }));
  child.process.child->Kill();
  loop_->Dispatch();

  EXPECT_EQ(*child.exit, (ExitInfo{ExitReason::kKilled, SIGKILL}));
  EXPECT_EQ(child.exits, 1);
}

TEST_F(ChildProcessTest, DestroyingARunningChildKillsAndReapsIt) {
  Child child;
  Launch(child, Helper({"hang"}));
  const pid_t pid = child.process.child->pid();

  child.process.child.reset();

  EXPECT_TRUE(HasNoChildren());
  EXPECT_NE(kill(pid, 0), 0);
  EXPECT_EQ(child.exits, 0);
}

TEST_F(ChildProcessTest, OnExitMayDestroyTheChild) {
  std::unique_ptr<ChildProcess> child;
  bool is_over = false;
  auto launched = ChildProcess::Launch(*loop_, Helper({"exit", "0"}), [&](const ExitInfo&) {
    child.reset();
    is_over = true;
  });
  ASSERT_TRUE(launched.ok()) << launched.status();
  child = std::move(launched->child);

  EXPECT_TRUE(loop_.RunUntil([&] { return is_over; }));

  EXPECT_TRUE(HasNoChildren());
}

TEST_F(ChildProcessTest, AnExitIsToldAlsoWhenTheProgramIgnoresItsChildren) {
  const auto old_handler = signal(SIGCHLD, SIG_IGN);
  Child child;
  Launch(child, Helper({"hang"}));

  child.process.child->Kill();

  EXPECT_TRUE(loop_.RunUntil([&] { return child.exit.has_value(); }));
  signal(SIGCHLD, old_handler);
  EXPECT_EQ(child.exit->reason, ExitReason::kAbnormalExit);
}

TEST_F(ChildProcessTest, TheSocketEndsWithTheChild) {
  Child child;
  Launch(child, Helper({"hang"}));

  child.process.child->Kill();

  EXPECT_EQ(ReadToEnd(child.process.socket.get()), "");
}

TEST_F(ChildProcessTest, TheSocketEndsWithTheChildBehindWhatItSaidThoughAGrandchildHoldsIt) {
  Child child;
  Launch(child, Helper({"grandchild", "last words"}));

  ASSERT_TRUE(loop_.RunUntil([&] { return child.exit.has_value(); }));

  EXPECT_EQ(ReadToEnd(child.process.socket.get()), "last words");
}

TEST_F(ChildProcessTest, TwoHundredLaunchesLeaveNoZombieAndNoDescriptor) {
  const std::set<int> before = OpenDescriptors();

  for (int i = 0; i < 200; ++i) {
    Child child;
    Launch(child, Helper({i % 2 == 0 ? "exit" : "hang", "0"}));
    const bool is_destroyed_while_it_runs = i % 2 != 0;
    ASSERT_TRUE(loop_.RunUntil([&] { return is_destroyed_while_it_runs || child.exit; }));
  }

  EXPECT_TRUE(HasNoChildren());
  EXPECT_EQ(OpenDescriptors(), before);
}

}  // namespace
}  // namespace ipc
