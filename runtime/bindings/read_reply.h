// The end of a call as its caller gets it: the answer, or Electron's text.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/bindings/errors.h"
#include "runtime/bindings/payloads.h"
#include "runtime/core/connection.h"
#include "runtime/core/endings.h"

namespace ipc {

// The failure that `reply` tells of, with the data that came with it.
absl::Status ReadFailure(const Reply& reply);

// The call went well and its answer is none: that is not the caller's doing, so INTERNAL, whatever
// `problem` is. Its text begins with "answer".
absl::Status ReadBadAnswer(std::string_view channel, const absl::Status& problem);

template <typename Response>
Outcome<Response> ReadReply(const Reply& reply) {
  if (!reply.status.ok()) [[unlikely]]
    return ReadFailure(reply);
  Outcome<Response> response = ReadResponse<Response>(reply.payload);
  if (!response.ok()) response = ReadBadAnswer(reply.channel, StatusOf(response));
  return response;
}

}  // namespace ipc
