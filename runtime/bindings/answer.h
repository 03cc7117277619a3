// The answer that a handler or a synchronous listener owes, in the kind the caller asked in.
//
// Ownership   Movable. Dropped unanswered it says "reply was never sent".
// Threads     Any, as a Responder.
// Errors      A failure is logged as "Error occurred in handler for 'CH' of WebContents #N: ...",
//             and travels as its status code and text. Dropped when nobody waits any more, it is
//             no failure.
#pragma once

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "runtime/async/promise.h"
#include "runtime/base/exception.h"
#include "runtime/base/ids.h"
#include "runtime/base/log.h"
#include "runtime/base/recycler.h"
#include "runtime/bindings/payloads.h"
#include "runtime/core/incoming_call.h"
#include "runtime/core/responder.h"

namespace ipc {

class Answer {
 public:
  // `kind` is that of the call.
  Answer(Responder responder, PayloadKind kind, WebContentsId caller,
         std::shared_ptr<const LogSink> log)
      : responder_(std::move(responder)), kind_(kind), caller_(caller), log_(std::move(log)) {}
  Answer(Answer&&) noexcept = default;
  Answer& operator=(Answer&&) noexcept = default;
  ~Answer() = default;

  const std::shared_ptr<IncomingCall>& call() const { return responder_.call(); }

  // Holds `kept` for as long as this is owed.
  void Keep(std::shared_ptr<const void> kept) { kept_ = std::move(kept); }

  template <typename Response>
  void Settle(const Outcome<Response>& outcome) {
    if (!outcome.ok()) return Fail(StatusOf(outcome));
    if constexpr (std::is_void_v<Response>) {
      responder_.Reply(EmptyPayload());
    } else if constexpr (std::is_same_v<Response, Value>) {
      ReplyJson(*outcome);
    } else {
      ReplyTyped(*outcome);
    }
  }

  void Fail(const absl::Status& error);
  // For a refusal that is the caller's doing, or is logged already: nothing is logged.
  void Refuse(const absl::Status& detail);

 private:
  void ReplyJson(const Value& value);

  template <typename Response>
  void ReplyTyped(const Response& response) {
    if (kind_ == PayloadKind::kTyped) return responder_.Reply(TypedPayload<Response>(response));
    ReplyJson(ResponseToValue(response));
  }
  // To an untyped caller a typed error is a rejection that carries it as data.
  template <typename T, typename E>
  void ReplyTyped(const Result<T, E>& result) {
    if (kind_ == PayloadKind::kTyped) {
      return responder_.Reply(TypedPayload<Result<T, E>>(result));
    }
    if (result.ok()) return ReplyJson(ResponseToValue(result));
    RefuseWithData(ErrorToValue(result));
  }
  void RefuseWithData(const Value& data);

  std::shared_ptr<const void> kept_;
  Responder responder_;
  PayloadKind kind_;
  WebContentsId caller_;
  std::shared_ptr<const LogSink> log_;
};

namespace internal {

// What `handler` returns; a failure when it throws.
template <typename Response, typename F>
Promise<Response> PromiseOf(F& handler) {
  try {
    return handler();
  } catch (...) {
    return ExceptionToStatus();
  }
}

}  // namespace internal

// Answers with what `handler` returns or promises, or with what it throws. When nobody waits any
// more, what it promised is cancelled; the call counts until the Resolver answers or goes, so that
// calls that are given up cannot pile up work.
template <typename Response, typename F>
void AnswerWith(Answer answer, F handler) {
  Promise<Response> promise = internal::PromiseOf<Response>(handler);
  if (promise.is_ready()) return answer.Settle<Response>(std::move(promise).Take());
  // The call is held here: what it tells may be that the answer is no longer owed.
  const std::shared_ptr<IncomingCall> call = answer.call();
  std::move(promise).Then(
      [owed = MakeRecycled<Answer>(std::move(answer))](Outcome<Response> outcome) {
        owed->template Settle<Response>(outcome);
      },
      call->when_stopped());
}

}  // namespace ipc
