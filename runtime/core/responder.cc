#include "runtime/core/responder.h"

#include <utility>

#include "runtime/core/endings.h"

namespace ipc {

Responder::Responder(std::shared_ptr<CallHome> home, CallId id, std::shared_ptr<IncomingCall> call)
    : home_(std::move(home)), id_(id), call_(std::move(call)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
  // A swap leaves what this one owed to the destructor of `other`.
  std::swap(home_, other.home_);
  std::swap(id_, other.id_);
  std::swap(call_, other.call_);
  return *this;
}

Responder::~Responder() {
  if (home_) Fail(NeverSent());
}

void Responder::Reply(const PayloadWriter& payload) {
  if (home_) CallHome::Answer(std::move(home_), id_, absl::OkStatus(), payload);
}

void Responder::Fail(const absl::Status& error, const PayloadWriter& details) {
  if (home_) CallHome::Answer(std::move(home_), id_, error, details);
}

}  // namespace ipc
