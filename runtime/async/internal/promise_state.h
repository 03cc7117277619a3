// What a Promise and its Resolver share. Included by promise.h alone.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "runtime/async/outcome.h"
#include "runtime/base/check.h"
#include "runtime/base/exception.h"
#include "runtime/base/task_runner.h"

namespace ipc::internal {

// Decides under its lock; calls out, and destroys what is the user's, after releasing it.
//
// Ownership   In a chain, the first promise's continuation_ owns the second's Resolver, and the
//             second's on_cancel_ owns the first: a cycle, cut by whichever comes first of the
//             answer (the last Resolver dies, so there is one) and the cancel of the second.
// Threads     Any. A continuation runs on the sequence it was attached on; see promise.h.
template <typename T>
class PromiseState {
 public:
  using Continuation = absl::AnyInvocable<void(Outcome<T>)>;

  void Settle(Outcome<T> outcome) {
    absl::AnyInvocable<void()> unused;  // destroyed without the lock
    std::unique_lock lock(mutex_);
    if (is_settled_) return;
    is_settled_ = true;
    unused = std::exchange(on_cancel_, nullptr);
    if (!continuation_) {
      outcome_.emplace(std::move(outcome));
      return;
    }
    Continuation continuation = std::exchange(continuation_, nullptr);
    std::shared_ptr<TaskRunner> home = std::move(home_);
    lock.unlock();
    if (home == nullptr || home->IsCurrent()) {
      Run(continuation, std::move(outcome));
    } else {
      Post(*home, std::move(continuation), std::move(outcome));
    }
  }

  void Attach(Continuation continuation) {
    std::shared_ptr<TaskRunner> home = TaskRunner::Current();
    std::unique_lock lock(mutex_);
    if (!outcome_) {
      continuation_ = std::move(continuation);
      home_ = std::move(home);
      return;
    }
    Outcome<T> outcome = *std::move(outcome_);
    outcome_.reset();
    lock.unlock();
    if (home == nullptr) {
      Run(continuation, std::move(outcome));
    } else {
      Post(*home, std::move(continuation), std::move(outcome));
    }
  }

  // The continuation stays: what it holds is needed until whoever answers is done.
  void Cancel() {
    std::unique_lock lock(mutex_);
    if (is_settled_ || is_cancelled_) return;
    is_cancelled_ = true;
    absl::AnyInvocable<void()> on_cancel = std::exchange(on_cancel_, nullptr);
    lock.unlock();
    if (on_cancel) RunOnCancel(on_cancel);
  }

  void OnCancel(absl::AnyInvocable<void()> on_cancel) {
    {
      std::lock_guard lock(mutex_);
      if (is_settled_) return;
      if (!is_cancelled_) {
        std::swap(on_cancel_, on_cancel);
        return;
      }
    }
    if (on_cancel) RunOnCancel(on_cancel);
  }

  bool is_cancelled() const {
    std::lock_guard lock(mutex_);
    return is_cancelled_;
  }

  bool has_outcome() const {
    std::lock_guard lock(mutex_);
    return outcome_.has_value();
  }

  Outcome<T> TakeOutcome() {
    std::lock_guard lock(mutex_);
    IPC_CHECK(outcome_.has_value(), "Take() of a Promise that is not ready");
    Outcome<T> outcome = *std::move(outcome_);
    outcome_.reset();
    return outcome;
  }

  // A continuation never runs inside Then(): its caller is not ready for it yet.
  static void Post(TaskRunner& home, Continuation continuation, Outcome<T> outcome) {
    home.Post([continuation = std::move(continuation), outcome = std::move(outcome)]() mutable {
      Run(continuation, std::move(outcome));
    });
  }

  // User code runs inside these: what it throws must not reach whoever happened to answer.
  static void Run(Continuation& continuation, Outcome<T> outcome) {
    try {
      continuation(std::move(outcome));
    } catch (...) {
      ReportException("what was given to Promise::Then()");
    }
  }
  static void RunOnCancel(absl::AnyInvocable<void()>& on_cancel) {
    try {
      on_cancel();
    } catch (...) {
      ReportException("what was given to Resolver::OnCancel()");
    }
  }

 private:
  mutable std::mutex mutex_;
  bool is_settled_ = false;
  bool is_cancelled_ = false;
  std::optional<Outcome<T>> outcome_;  // settled, not yet taken
  Continuation continuation_;
  std::shared_ptr<TaskRunner> home_;  // where continuation_ runs; null: anywhere
  absl::AnyInvocable<void()> on_cancel_;
};

}  // namespace ipc::internal
