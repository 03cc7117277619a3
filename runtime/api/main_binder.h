// Binds the members of a generated class to their channels: what BindNotes() is made of.
//
// All or nothing: when one channel cannot be bound, Finish() fails and the others are undone.
//
// Threads     The loop's sequence.
#pragma once

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/api/ipc_main.h"
#include "runtime/async/cancel_slot.h"
#include "runtime/async/promise.h"
#include "runtime/base/recycler.h"
#include "runtime/bindings/channel.h"
#include "runtime/bindings/subscription.h"

namespace ipc {

class MainBinder {
 public:
  explicit MainBinder(IpcMain& ipc_main) : ipc_main_(ipc_main) {}

  // `listener` is called as (IpcMainEvent&, Params).
  template <typename Params, typename F>
  MainBinder& On(const SendChannel<Params>& channel, F listener) {
    return AddListener<Params>(
        channel, [listener = std::move(listener)](IpcMainEvent& event, Params params) mutable {
          listener(event, std::move(params));
        });
  }

  // `listener` is called as (IpcMainEvent&, Params) and returns a Promise<Response>.
  template <typename Params, typename Response, typename F>
  MainBinder& OnSync(const SyncChannel<Params, Response>& channel, F listener) {
    return AddListener<Params>(
        channel, [listener = std::move(listener)](IpcMainEvent& event, Params params) mutable {
          std::shared_ptr<SyncReply> reply = event.sync_reply();
          // A coroutine refers to its event for as long as it runs.
          auto kept_event = MakeRecycled<IpcMainEvent>(event);
          Promise<Response> promise = listener(*kept_event, std::move(params));
          // Null when somebody used send(): the answer is for nobody.
          auto done = [reply, kept_event](Outcome<Response> outcome) {
            if (reply) reply->Return<Response>(std::move(outcome));
          };
          if (promise.is_ready()) return done(std::move(promise).Take());
          CancelSlot nobody_waits;
          if (reply == nullptr) nobody_waits.Tell();
          std::move(promise).Then(std::move(done), reply ? reply->when_stopped() : nobody_waits);
        });
  }

  // `handler` is called as (IpcMainInvokeEvent&, Params) and returns a Promise<Response>.
  template <typename Params, typename Response, typename F>
  MainBinder& Handle(const InvokeChannel<Params, Response>& channel, F handler) {
    if (!status_.ok()) return *this;
    ipc_main_.schemas_->Add<Params>(channel.name);
    status_ = ipc_main_.handlers_.Add(
        channel.name,
        [handler = std::move(handler), most = channel.max_bytes](
            IpcMainInvokeEvent& event, const IncomingParams& incoming, Answer answer) mutable {
          absl::StatusOr<Params> params = incoming.As<Params>(most);
          if (!params.ok()) return answer.Refuse(AsDetail(params.status()));
          AnswerWith<Response>(std::move(answer),
                               [&] { return handler(event, *std::move(params)); });
        });
    if (status_.ok()) registration_.Add(ipc_main_.handlers_.Scope(channel.name));
    return *this;
  }

  absl::StatusOr<Registration> Finish() {
    if (!status_.ok()) return std::move(status_);
    return std::move(registration_);
  }

 private:
  template <typename Params, typename Channel, typename F>
  MainBinder& AddListener(const Channel& channel, F listener) {
    if (!status_.ok()) return *this;
    ipc_main_.schemas_->Add<Params>(channel.name);
    registration_.Add(ipc_main_.listeners_.AppendScoped(
        channel.name,
        [listener = std::move(listener), most = channel.max_bytes](
            IpcMainEvent& event, const IncomingParams& incoming) mutable -> absl::Status {
          absl::StatusOr<Params> params = incoming.As<Params>(most);
          if (!params.ok()) return params.status();
          listener(event, *std::move(params));
          return absl::OkStatus();
        }));
    return *this;
  }

  IpcMain& ipc_main_;
  absl::Status status_;
  Registration registration_;
};

}  // namespace ipc
