// A Pipe inside one process: for tests, and for a renderer that lives on a thread of main.
//
// Frames are encoded and decoded as on every pipe, so that what passes here passes anywhere.
//
// Threads     MakeInprocPipes() on any; each end on its own sequence, as every Pipe.
#pragma once

#include <memory>

#include "runtime/base/task_runner.h"
#include "runtime/transport/pipe.h"
#include "runtime/wire/limits.h"

namespace ipc {

struct InprocPipePair {
  std::unique_ptr<Pipe> left;
  std::unique_ptr<Pipe> right;
};

// Each end belongs to the sequence of its runner; they may be the same.
InprocPipePair MakeInprocPipes(std::shared_ptr<TaskRunner> left, std::shared_ptr<TaskRunner> right,
                               const Limits& limits = {});

}  // namespace ipc
