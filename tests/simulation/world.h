// A main process and its renderers under virtual time: one step after another, of what could happen
// next the dice choose what does.
//
// A synchronous call blocks its renderer alone: the others' steps go on inside it, on the same
// stack. A renderer that blocked before one that still does wakes late, as on a busy machine.
//
// Threads     One.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/simulation/actor.h"
#include "tests/simulation/link.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/scene.h"

namespace ipc::simulation {

struct RunOptions {
  uint64_t seed = 1;
  uint64_t events = 10'000;
  std::ostream* trace = nullptr;
};

struct RunResult {
  std::optional<Violation> violation;
  uint64_t trace_hash = 0;
  std::map<std::string_view, uint64_t> counts;
};

// One run, from its seed alone.
RunResult RunSimulation(const RunOptions& options);

class World {
 public:
  explicit World(const RunOptions& options);
  ~World();

  RunResult Run();

 private:
  // One renderer's life: what is replaced when it is over.
  struct Pair {
    Pair(World& world, std::shared_ptr<Sequence> main, const std::string& name);

    Stream to_main;
    Stream to_renderer;
    Link link;
    std::shared_ptr<Sequence> renderer_sequence = std::make_shared<Sequence>();
    Actor main;
    Actor renderer;

    Actor& actor(Side side) { return side == Side::kMain ? main : renderer; }
  };

  void Step();
  void UserActs();
  void HandOver();
  void RunTask();
  void PassTime();
  void GoOnWithLife();
  void BreakSomething();
  void Relaunch(size_t slot);
  void Check();

  // The next thing that has to happen, with no chance in it; false when there is none. `until` is
  // as late as it may become.
  bool Progress(MonotonicTime until);
  bool ProgressOf(Pair& pair);
  // Lets everything come to its end, and checks that it did.
  void Settle();
  bool WaitFor(Pair& pair, MonotonicTime deadline, absl::FunctionRef<bool()> is_ready);

  MonotonicTime NextEvent();
  template <typename Visit>
  void ForEachFree(Visit visit);

  Scene scene_;
  uint64_t steps_left_;
  std::shared_ptr<Sequence> main_sequence_ = std::make_shared<Sequence>();
  std::vector<std::unique_ptr<Pair>> pairs_;
  std::vector<std::unique_ptr<Pair>> past_;  // callbacks and handlers of them may still be there
  uint64_t launches_ = 0;
};

}  // namespace ipc::simulation
