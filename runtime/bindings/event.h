// An event of one object, such as a WebContents' render-process-gone, and who observes it.
//
//   contents->render_process_gone().Add([](const ipc::RenderProcessGoneDetails& details) { ... });
//
// Ownership   Owns the observers until they are removed.
// Threads     The loop's sequence. An observer may add and remove observers, itself included.
// Errors      An observer that throws is logged; the others are still told.
#pragma once

#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/exception.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/bindings/listeners.h"
#include "runtime/bindings/subscription.h"
#include "runtime/core/endings.h"

namespace ipc {

template <typename... Details>
class Event {
 public:
  using Observer = absl::AnyInvocable<void(Details...)>;

  Event(std::string name, LogSink log)
      : name_(std::move(name)), log_(std::move(log)), observers_(name_, log_) {
    observers_.set_max(0);
  }

  ListenerId Add(Observer observer) { return observers_.Append(name_, std::move(observer)); }
  Subscription AddScoped(Observer observer) {
    return observers_.AppendScoped(name_, std::move(observer));
  }
  void Remove(ListenerId id) { observers_.Remove(name_, id); }
  void RemoveAll() { observers_.RemoveAll(); }
  bool has_observers() const { return observers_.count(name_) > 0; }

  void Emit(Details... details) {
    observers_.Emit(name_, [&](Observer& observer) {
      absl::Status failure = RunCatching([&] { observer(details...); });
      if (failure.ok()) return;
      log_(LogLevel::kError, absl::StrCat("Error occurred in observer of '", name_,
                                          "': ", AsDetail(failure).message()));
    });
  }

 private:
  const std::string name_;
  const LogSink log_;
  Listeners<Observer> observers_;
};

}  // namespace ipc
