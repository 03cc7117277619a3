// The answer to come of one call, and the one who owes it.
//
//   Resolver<int> resolver;
//   Promise<int> promise = resolver.promise();
//   std::thread([resolver = std::move(resolver)]() mutable { resolver.Resolve(42); }).detach();
//   std::move(promise).Then([](absl::StatusOr<int> answer) { ... });
//
// A handler returns a Promise<T>, made implicitly from anything an absl::StatusOr<T> is made from
// (a T, what converts to a T, a Status), or taken from a Resolver. Promise<void> ends with a
// Status.
//
// Ownership   Movable values that share one state. Dropping a Promise that nobody waits on cancels
//             it: the Resolver's OnCancel() callback runs. So does the end of a call whose handler
//             returned the Promise. Dropping a Resolver that has not answered rejects with ABORTED,
//             "reply was never sent".
// Threads     A Promise belongs to one sequence. A Resolver may be answered on any thread. What
//             was given to Then() runs on the sequence that called Then(), never inside Then();
//             when Then() was called outside of any loop, on the thread that answers. When the
//             loop of that sequence is gone, it is destroyed unrun.
// Errors      A failed promise ends with an absl::Status that is not OK. When what was given to
//             Then() throws, the promise that Then() gave fails with UNKNOWN and the exception's
//             what(); when it gave none, stderr gets a line.
#pragma once

#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/async/cancel_slot.h"
#include "runtime/async/internal/continuation.h"
#include "runtime/async/internal/promise_state.h"
#include "runtime/async/internal/promised_by.h"
#include "runtime/async/outcome.h"
#include "runtime/base/check.h"
#include "runtime/base/exception.h"
#include "runtime/base/recycler.h"
#include "runtime/base/task_runner.h"

namespace ipc {

template <typename T>
class Promise;

template <typename T>
class Resolver {
 public:
  Resolver() : state_(MakeRecycled<internal::PromiseState<T>>()) {}
  Resolver(Resolver&&) noexcept = default;
  Resolver& operator=(Resolver&& other) noexcept {
    Resolver replaced(std::move(other));
    std::swap(state_, replaced.state_);
    return *this;
  }
  ~Resolver() {
    const bool owes = state_ && !state_->is_settled();
    if (owes) state_->Settle(absl::AbortedError("reply was never sent"));
  }

  // The other end. Call it once.
  Promise<T> promise() { return Promise<T>(state_); }

  // The first answer counts; later ones do nothing.
  void Settle(Outcome<T>&& outcome) { state_->Settle(std::move(outcome)); }
  void Settle(const Outcome<T>& outcome) { Settle(Outcome<T>(outcome)); }
  template <typename U>
    requires std::is_constructible_v<Outcome<T>, U>
  void Resolve(U&& value) {
    Settle(Outcome<T>(std::forward<U>(value)));
  }
  void Resolve()
    requires std::is_void_v<T>
  {
    Settle(absl::OkStatus());
  }
  void Reject(absl::Status error) { Settle(std::move(error)); }

  // Runs `on_cancel` once when the Promise is dropped before an answer, on the thread that drops
  // it; at once when it was dropped already. The last one set counts.
  template <typename F>
    requires std::is_invocable_v<F&>
  void OnCancel(F on_cancel) {
    state_->OnCancel(std::move(on_cancel));
  }
  // The same for who has handed the Resolver on already.
  template <typename F>
  static void OnCancelOf(Promise<T>& promise, F on_cancel) {
    if (auto* state = promise.pending()) state->OnCancel(std::move(on_cancel));
  }
  bool is_cancelled() const { return state_->is_cancelled(); }

 private:
  std::shared_ptr<internal::PromiseState<T>> state_;  // null once moved from
};

template <typename T>
class [[nodiscard]] Promise {
  using State = internal::PromiseState<T>;
  using SharedState = std::shared_ptr<State>;

 public:
  // An answer that is there already.
  template <typename U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, Promise> &&
             std::is_convertible_v<U, Outcome<T>>)
  Promise(U&& value)  // NOLINT(google-explicit-constructor)
      : answer_(std::in_place_type<Outcome<T>>, std::forward<U>(value)) {}

  Promise(Promise&& other) noexcept : answer_(std::move(other.answer_)) { other.Forget(); }
  Promise& operator=(Promise&& other) noexcept {
    Promise replaced(std::move(other));
    std::swap(answer_, replaced.answer_);
    return *this;
  }
  ~Promise() {
    if (State* state = pending()) state->Cancel();
  }

  bool is_ready() const {
    const State* state = pending();
    return state == nullptr || state->has_outcome();
  }
  // The answer of a promise that is_ready().
  Outcome<T> Take() && {
    if (State* state = pending()) return state->TakeOutcome();
    return TakeAnswer();
  }

  // Runs `done` with the outcome. The promise is the library's from here on: nothing cancels it.
  template <typename F>
    requires std::is_invocable_r_v<void, F, Outcome<T>> &&
             std::is_void_v<std::invoke_result_t<F, Outcome<T>>>
  void Then(F done) && {
    std::move(*this).Attach(std::move(done));
  }

  // The same, until `stop_token` is told to stop: then the Resolver is cancelled. `done` still gets
  // its answer, or hears that there will be none.
  template <typename F>
    requires std::is_invocable_r_v<void, F, Outcome<T>>
  void Then(F done, const std::stop_token& stop_token) && {
    if (!pending()) return std::move(*this).Attach(std::move(done));
    struct CancelIt {
      std::weak_ptr<State> weak_state;
      void operator()() const {
        if (SharedState state = weak_state.lock()) state->Cancel();
      }
    };
    auto on_stop = std::make_unique<std::stop_callback<CancelIt>>(
        stop_token, CancelIt{std::get<SharedState>(answer_)});
    std::move(*this).Attach(
        [on_stop = std::move(on_stop), done = std::move(done)](Outcome<T> outcome) mutable {
          on_stop.reset();
          done(std::move(outcome));
        });
  }

  // The same, until `nobody_waits` is told.
  template <typename F>
    requires std::is_invocable_r_v<void, F, Outcome<T>>
  void Then(F done, CancelSlot& nobody_waits) && {
    if (pending()) {
      nobody_waits.Set([weak_state = std::weak_ptr<State>(std::get<SharedState>(answer_))] {
        if (SharedState state = weak_state.lock()) state->Cancel();
      });
    }
    std::move(*this).Attach(std::move(done));
  }

  // Runs `next` with the outcome and promises what it returns. Dropping that cancels this, and
  // `next` is not run any more.
  template <typename F>
    requires std::is_invocable_v<F, Outcome<T>> &&
             (!std::is_void_v<std::invoke_result_t<F, Outcome<T>>>)
  auto Then(F next) && {
    using U = internal::PromisedByT<std::invoke_result_t<F, Outcome<T>>>;
    return std::move(*this).template Chain<U>(
        [next = std::move(next)](Outcome<T> outcome) mutable -> Promise<U> {
          return next(std::move(outcome));
        });
  }

  // Runs `next` with the value and promises what it returns; a failure passes it by.
  template <typename F>
    requires internal::TakesValue<F, T>
  auto Then(F next) && {
    using U = internal::PromisedByT<std::invoke_result_t<F, T>>;
    return std::move(*this).template Chain<U>(
        [next = std::move(next)](Outcome<T> outcome) mutable -> Promise<U> {
          if (!outcome.ok()) return outcome.status();
          return next(*std::move(outcome));
        });
  }

  // Mistakes, with what to do instead.
  template <typename F>
    requires(!internal::TakesOutcome<F, T> && !internal::TakesValue<F, T>)
  void Then(F) && {
    static_assert(std::is_void_v<T> || sizeof(F) == 0,
                  "what continues a Promise<T> is called with an absl::StatusOr<T>, or with a T "
                  "and then returns something");
    static_assert(!std::is_void_v<T> || sizeof(F) == 0,
                  "what continues a Promise<void> is called with an absl::Status");
  }
  template <typename F>
  void Then(F) & {
    static_assert(sizeof(F) == 0, "Then() uses the promise up: std::move(promise).Then(...)");
  }

 private:
  friend class Resolver<T>;
  explicit Promise(SharedState state) : answer_(std::move(state)) {}

  // Null when the answer is here, or when this was moved from or given to Then().
  State* pending() const {
    const SharedState* state = std::get_if<SharedState>(&answer_);
    return state == nullptr ? nullptr : state->get();
  }

  Outcome<T> TakeAnswer() {
    IPC_CHECK(std::holds_alternative<Outcome<T>>(answer_),
              "a Promise that was moved from, or given to Then() before");
    Outcome<T> answer = std::get<Outcome<T>>(std::move(answer_));
    Forget();
    return answer;
  }

  // It was moved from.
  void Forget() { answer_.template emplace<SharedState>(); }

  void Attach(typename State::Continuation done) && {
    if (pending()) {
      SharedState state = std::get<SharedState>(std::move(answer_));
      state->Attach(std::move(done));
    } else if (auto home = TaskRunner::Current()) {
      State::Post(*home, std::move(done), TakeAnswer());
    } else {
      State::Run(done, TakeAnswer());
    }
  }

  template <typename U, typename F>
  Promise<U> Chain(F next) && {
    Resolver<U> resolver;
    Promise<U> chained = resolver.promise();
    if (pending()) {
      resolver.OnCancel([state = std::get<SharedState>(answer_)] { state->Cancel(); });
    }
    std::move(*this).Attach(
        [resolver = std::move(resolver), next = std::move(next)](Outcome<T> outcome) mutable {
          if (resolver.is_cancelled()) return;
          Forward(Call<U>(next, std::move(outcome)), std::move(resolver));
        });
    return chained;
  }

  template <typename U, typename F>
  static Promise<U> Call(F& next, Outcome<T> outcome) {
    try {
      return next(std::move(outcome));
    } catch (...) {
      return ExceptionToStatus();
    }
  }

  template <typename U>
  static void Forward(Promise<U> from, Resolver<U> to) {
    if (from.is_ready()) return to.Settle(std::move(from).Take());
    std::move(from).ForwardTo(std::move(to));
  }

  template <typename U>
  friend class Promise;

  void ForwardTo(Resolver<T> to) && {
    SharedState state = std::get<SharedState>(answer_);
    to.OnCancel([state] { state->Cancel(); });
    std::move(*this).Attach(
        [to = std::move(to)](Outcome<T> outcome) mutable { to.Settle(std::move(outcome)); });
  }

  std::variant<SharedState, Outcome<T>> answer_;
};

}  // namespace ipc
