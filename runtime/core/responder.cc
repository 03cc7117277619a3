#include "runtime/core/responder.h"

#include <utility>

#include "runtime/core/endings.h"

namespace ipc {

Responder::Responder(std::shared_ptr<CallHome> home, CallId id, MonotonicTime deadline,
                     std::stop_token stop_token)
    : home_(std::move(home)), id_(id), deadline_(deadline), stop_token_(std::move(stop_token)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
  // A swap leaves what this one owed to the destructor of `other`.
  std::swap(home_, other.home_);
  std::swap(id_, other.id_);
  std::swap(deadline_, other.deadline_);
  std::swap(stop_token_, other.stop_token_);
  return *this;
}

Responder::~Responder() { Fail(NeverSent()); }

void Responder::Reply(const PayloadWriter& payload) {
  if (home_) CallHome::Answer(std::move(home_), id_, absl::OkStatus(), payload);
}

void Responder::Fail(const absl::Status& error, const PayloadWriter& details) {
  if (home_) CallHome::Answer(std::move(home_), id_, error, details);
}

}  // namespace ipc
