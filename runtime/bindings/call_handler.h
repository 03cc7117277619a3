// Calls a handler, and keeps it and its event until it has answered: one that is a coroutine goes
// on after it has returned, and may have been removed by then.
//
// Threads     The loop's sequence.
#pragma once

#include <memory>
#include <utility>

#include "runtime/base/recycler.h"
#include "runtime/bindings/answer.h"
#include "runtime/bindings/incoming_params.h"

namespace ipc {

// `handler` is called as (Event& event, const IncomingParams& params, Answer answer).
template <typename Handler, typename Event>
void CallHandler(std::shared_ptr<Handler> handler, Event event, const IncomingParams& params,
                 Answer answer) {
  struct Call {
    std::shared_ptr<Handler> handler;
    Event event;
  };
  auto call = MakeRecycled<Call>(Call{std::move(handler), std::move(event)});
  answer.Keep(call);
  (*call->handler)(call->event, params, std::move(answer));
}

}  // namespace ipc
