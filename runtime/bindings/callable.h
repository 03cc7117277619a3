// What user code gives an emitter to call on untyped channels.
//
// An AnyInvocable that takes every callable, and says by one sentence what is expected of one that
// cannot be called so, where the compiler would list the constructors it has tried.
//
// Ownership   Owns the callable.
// Threads     That of the emitter.
#pragma once

#include <type_traits>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "runtime/async/promise.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

template <typename T>
inline constexpr bool kIsPromise = false;
template <typename T>
inline constexpr bool kIsPromise<Promise<T>> = true;

}  // namespace internal

template <typename Event>
class ListenerFor final : public absl::AnyInvocable<void(Event& event, const Args& args)> {
  using Base = absl::AnyInvocable<void(Event&, const Args&)>;

 public:
  template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, ListenerFor>)
  ListenerFor(F&& callable)  // NOLINT(google-explicit-constructor)
      : Base(Accept(std::forward<F>(callable))) {}

 private:
  template <typename F>
  static Base Accept(F&& callable) {
    constexpr bool kFits = std::is_invocable_v<std::decay_t<F>&, Event&, const Args&>;
    static_assert(kFits,
                  "a listener is called as (event, const ipc::Args&), where the event is an "
                  "ipc::IpcMainEvent& in main and an ipc::IpcRendererEvent& in a renderer");
    if constexpr (kFits) {
      using Returned = std::invoke_result_t<std::decay_t<F>&, Event&, const Args&>;
      static_assert(!internal::kIsPromise<Returned>,
                    "nobody waits for what a listener promises, and a Promise that is dropped "
                    "cancels the work: give it to Then() inside the listener");
      return Base(std::forward<F>(callable));
    }
  }
};

template <typename Event>
class HandlerFor final : public absl::AnyInvocable<Promise<Value>(Event& event, const Args& args)> {
  using Base = absl::AnyInvocable<Promise<Value>(Event&, const Args&)>;

 public:
  template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, HandlerFor>)
  HandlerFor(F&& callable)  // NOLINT(google-explicit-constructor)
      : Base(Accept(std::forward<F>(callable))) {}

 private:
  template <typename F>
  static Base Accept(F&& callable) {
    using Callable = std::decay_t<F>&;
    constexpr bool kIsCalledSo = std::is_invocable_v<Callable, Event&, const Args&>;
    constexpr bool kAnswers = std::is_invocable_r_v<Promise<Value>, Callable, Event&, const Args&>;
    static_assert(kIsCalledSo,
                  "a handler is called as (event, const ipc::Args&), where the event is an "
                  "ipc::IpcMainInvokeEvent& in main and an ipc::IpcRendererInvokeEvent& in a "
                  "renderer");
    static_assert(kAnswers || !kIsCalledSo,
                  "a handler returns what an ipc::Value is made from, an absl::Status, or an "
                  "ipc::Promise<ipc::Value>; where there is nothing to say, ipc::Value()");
    if constexpr (kAnswers) return Base(std::forward<F>(callable));
  }
};

}  // namespace ipc
