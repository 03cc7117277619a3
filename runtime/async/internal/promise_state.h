// What a Promise and its Resolver share. Included by promise.h alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "runtime/async/cancel_slot.h"
#include "runtime/async/outcome.h"
#include "runtime/base/check.h"
#include "runtime/base/exception.h"
#include "runtime/base/task_runner.h"

namespace ipc::internal {

// An answer and who waits for it meet here, whichever comes first, without a lock: each writes its
// part and then says so in flags_, and the one who sees there that the other was first brings the
// two together.
//
//   Settle()                                    Attach()
//   kSettled: no other answer counts
//   writes outcome_                             writes continuation_, home_
//   kAnswered, and were we awaited? deliver     kAwaited, and were we answered? deliver
//
// Ownership   In a chain, the first promise's continuation_ owns the second's Resolver, and the
//             second's cancel_ owns the first: a cycle, cut by whichever comes first of the answer
//             (the last Resolver dies, so there is one) and the cancel of the second.
// Threads     Settle(), cancel() and OnCancel() on any; the rest is the Promise's sequence. A
//             continuation runs on the sequence it was attached on; see promise.h.
template <typename T>
class PromiseState {
 public:
  using Continuation = absl::AnyInvocable<void(Outcome<T>)>;

  void Settle(Outcome<T>&& outcome) {
    if ((Mark(kSettled) & kSettled) != 0) return;
    const CancelSlot::Unused unused = cancel_.Close();  // destroyed last: it is the user's
    if ((flags_.load() & kAwaited) != 0) {
      Mark(kAnswered);
      return Deliver(std::move(outcome));
    }
    outcome_.emplace(std::move(outcome));
    if ((Mark(kAnswered) & kAwaited) != 0) Deliver(*std::move(outcome_));
  }
  bool is_settled() const { return (flags_.load() & kSettled) != 0; }

  void Attach(Continuation continuation) {
    continuation_ = std::move(continuation);
    home_ = TaskRunner::Current();
    if ((Mark(kAwaited) & kAnswered) == 0) return;
    const std::shared_ptr<TaskRunner> home = std::move(home_);
    if (home == nullptr) {
      Continuation last = std::move(continuation_);
      Run(last, *std::move(outcome_));
    } else {
      Post(*home, std::move(continuation_), *std::move(outcome_));
    }
  }

  // The continuation stays: what it holds is needed until whoever answers is done.
  void Cancel() { cancel_.Tell(); }
  template <typename F>
  void OnCancel(F on_cancel) {
    cancel_.Set(std::move(on_cancel));
  }
  bool is_cancelled() const { return cancel_.is_told(); }

  bool has_outcome() const { return (flags_.load() & kAnswered) != 0 && outcome_.has_value(); }

  Outcome<T> TakeOutcome() {
    IPC_CHECK(has_outcome(), "Take() of a Promise that is not ready");
    Outcome<T> outcome = *std::move(outcome_);
    outcome_.reset();
    return outcome;
  }

  // A continuation never runs inside Then(): its caller is not ready for it yet.
  static void Post(TaskRunner& home, Continuation continuation, Outcome<T>&& outcome) {
    home.Post([continuation = std::move(continuation), outcome = std::move(outcome)]() mutable {
      Run(continuation, std::move(outcome));
    });
  }

  // User code runs inside this: what it throws must not reach whoever happened to answer.
  static void Run(Continuation& continuation, Outcome<T>&& outcome) {
    try {
      continuation(std::move(outcome));
    } catch (...) {
      ReportException("what was given to Promise::Then()");
    }
  }

 private:
  static constexpr uint8_t kSettled = 1;
  static constexpr uint8_t kAnswered = 2;
  static constexpr uint8_t kAwaited = 4;

  // To the continuation, which is there.
  void Deliver(Outcome<T>&& outcome) {
    Continuation continuation = std::move(continuation_);
    const std::shared_ptr<TaskRunner> home = std::move(home_);
    if (home == nullptr || home->IsCurrent()) {
      Run(continuation, std::move(outcome));
    } else {
      Post(*home, std::move(continuation), std::move(outcome));
    }
  }

  // Returns what was marked before.
  uint8_t Mark(uint8_t flag) { return flags_.fetch_or(flag); }

  std::atomic<uint8_t> flags_ = 0;
  std::optional<Outcome<T>> outcome_;  // settled, not yet taken
  Continuation continuation_;
  std::shared_ptr<TaskRunner> home_;  // where continuation_ runs; null: anywhere
  CancelSlot cancel_;
};

}  // namespace ipc::internal
