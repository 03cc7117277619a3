#include "runtime/base/task_runner.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace ipc {
namespace {

// The scopes of this thread, oldest first. Rarely more than two: the loop it serves, and the one
// it is running.
std::vector<const CurrentTaskRunner*>& Scopes() {
  thread_local std::vector<const CurrentTaskRunner*> scopes;
  return scopes;
}

}  // namespace

std::shared_ptr<TaskRunner> TaskRunner::Current() {
  const auto& scopes = Scopes();
  return scopes.empty() ? nullptr : scopes.back()->runner_;
}

bool TaskRunner::IsCurrent() const {
  const auto& scopes = Scopes();
  return !scopes.empty() && scopes.back()->runner_.get() == this;
}

CurrentTaskRunner::CurrentTaskRunner(std::shared_ptr<TaskRunner> runner)
    : runner_(std::move(runner)) {
  Scopes().push_back(this);
}

CurrentTaskRunner::~CurrentTaskRunner() {
  auto& scopes = Scopes();
  scopes.erase(std::find(scopes.begin(), scopes.end(), this));
}

}  // namespace ipc
