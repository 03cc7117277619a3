// co_await on a Promise, in functions that return one. For clang, and g++ from 13 on.
//
//   ipc::Promise<Note> Load(Store& store, uint64_t id) {
//     absl::StatusOr<std::string> text = co_await store.Read(id);
//     if (!text.ok()) co_return text.status();
//     co_return Note{id, *std::move(text)};
//   }
//
// `co_await std::move(promise)` gives the outcome: an absl::StatusOr<T>, for Promise<void> an
// absl::Status. `co_return` takes whatever the Promise is made from; Promise<void> wants its
// absl::OkStatus() too. Whatever returns a Promise may be such a coroutine: a handler, a member of
// a generated class, what is given to Then().
//
// Ownership   The call runs the function up to its first wait. Dropping the Promise cancels what
//             the function awaits; it is not resumed any more, and its frame is destroyed, as what
//             is given to Then(): once whoever owes the awaited answer has given it or let go of
//             its Resolver, which may refer to the function's variables until then. One that is
//             dropped while it runs ends at its next co_await.
// Lifetime    A frame has copies of the parameters, but only references of references, and a
//             lambda's captures stay in the lambda. So a parameter is a value, or refers to what
//             outlives the call; a const& or && that is not the first parameter does not compile.
//             For handlers the library keeps the event and the handler itself, with its captures,
//             until they have answered: take `(ipc::IpcMainInvokeEvent& event, ipc::Args args)`. A
//             lambda that is given to Then() is not kept: it captures nothing.
// Threads     A function goes on, and its frame is destroyed, where it awaited, as Then() has it.
// Errors      An exception that leaves the function fails its Promise with UNKNOWN and its what().
// Build       g++ 12 accepts coroutines and compiles them to code that frees temporaries twice and
//             passes awaits by: nothing else includes this header.
#pragma once

#if !defined(__clang__) && defined(__GNUC__) && __GNUC__ < 13
#error "runtime/async/coroutine.h needs clang, or g++ 13: older g++ miscompiles coroutines"
#endif

#include <coroutine>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>

#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/base/exception.h"

namespace ipc::internal {

// A frame that waits. Destroying this destroys it.
class SuspendedFrame {
 public:
  explicit SuspendedFrame(std::coroutine_handle<> handle) : handle_(handle.address()) {}

  void Resume() { std::coroutine_handle<>::from_address(handle_.release()).resume(); }

 private:
  struct Destroy {
    void operator()(void* frame) const { std::coroutine_handle<>::from_address(frame).destroy(); }
  };
  std::unique_ptr<void, Destroy> handle_;
};

// One co_await.
template <typename T>
class PromiseAwaiter {
 public:
  PromiseAwaiter(Promise<T> promise, std::stop_token stop_token)
      : promise_(std::move(promise)), stop_token_(std::move(stop_token)) {}

  bool await_ready() const { return promise_.is_ready() && !stop_token_.stop_requested(); }

  // Not inlined: outside of a loop another thread may resume the frame, and end it, while this
  // still returns, and clang keeps the variables of what it inlines in the frame.
  [[gnu::noinline]] void await_suspend(std::coroutine_handle<> handle) {
    auto go_on = [this, frame = SuspendedFrame(handle),
                  stop_token = stop_token_](Outcome<T> outcome) mutable {
      if (stop_token.stop_requested()) return;
      outcome_.emplace(std::move(outcome));
      frame.Resume();
    };
    const std::stop_token stop_token = stop_token_;
    std::move(promise_).Then(std::move(go_on), stop_token);
  }

  Outcome<T> await_resume() { return outcome_ ? *std::move(outcome_) : std::move(promise_).Take(); }

 private:
  Promise<T> promise_;
  const std::stop_token stop_token_;
  std::optional<Outcome<T>> outcome_;  // when it had to wait
};

// What a coroutine that returns a Promise<T> keeps in its frame.
template <typename T>
class PromiseCoroutine {
 public:
  Promise<T> get_return_object() {
    resolver_.OnCancel([stop = stop_]() mutable { stop.request_stop(); });
    return resolver_.promise();
  }
  std::suspend_never initial_suspend() const noexcept { return {}; }
  // The answer comes last: whoever hears it finds the function's variables gone.
  std::suspend_never final_suspend() noexcept {
    resolver_.Settle(*std::move(outcome_));
    return {};
  }
  void return_value(Outcome<T> outcome) { outcome_.emplace(std::move(outcome)); }
  void unhandled_exception() { outcome_.emplace(ExceptionToStatus()); }

  template <typename U>
  PromiseAwaiter<U> await_transform(Promise<U>&& promise) {
    return {std::move(promise), stop_.get_token()};
  }
  template <typename U>
  PromiseAwaiter<U> await_transform(Promise<U>& promise) {
    static_assert(!sizeof(promise), "co_await uses the promise up: co_await std::move(promise)");
    return await_transform(std::move(promise));
  }

 private:
  Resolver<T> resolver_;
  std::stop_source stop_;  // told when nobody waits for the answer any more
  std::optional<Outcome<T>> outcome_;
};

// Whether a parameter may refer to a temporary that is gone by the first co_await.
template <typename Parameter>
inline constexpr bool kMayDangle =
    std::is_rvalue_reference_v<Parameter> ||
    (std::is_lvalue_reference_v<Parameter> && std::is_const_v<std::remove_reference_t<Parameter>>);

// Of all but the first parameter, which may be the object of a member function or a lambda.
template <typename... Parameters>
inline constexpr bool kAnyMayDangle = false;
template <typename First, typename... Others>
inline constexpr bool kAnyMayDangle<First, Others...> = (kMayDangle<Others> || ...);

}  // namespace ipc::internal

template <typename T, typename... Parameters>
struct std::coroutine_traits<ipc::Promise<T>, Parameters...> {
  static_assert(
      !ipc::internal::kAnyMayDangle<Parameters...>,
      "what a const& or && parameter of a coroutine refers to may be gone after its first "
      "co_await: take it by value");
  using promise_type = ipc::internal::PromiseCoroutine<T>;
};
