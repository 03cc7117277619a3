#include "runtime/core/endings.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace ipc {

absl::Status NeverSent() { return absl::AbortedError("reply was never sent"); }

absl::Status TooManyCalls(size_t limit) {
  return absl::ResourceExhaustedError(absl::StrCat("too many calls in flight (", limit, ")"));
}

absl::Status NoAnswerWithin(int64_t ms) {
  return absl::DeadlineExceededError(absl::StrCat("no answer within ", ms, " ms"));
}

absl::Status Cancelled() { return absl::CancelledError("cancelled"); }

absl::Status TooMuchMeanwhile(size_t limit) {
  return absl::ResourceExhaustedError(
      absl::StrCat("more than ", limit, " bytes arrived before the answer"));
}

absl::Status PeerIsGone(const absl::Status& reason) {
  return absl::UnavailableError(
      absl::StrCat("the other process is gone (", reason.ok() ? "closed" : reason.message(), ")"));
}

absl::Status FrameIsGone() { return absl::UnavailableError("the frame is gone"); }

absl::Status HasLeft() { return absl::UnavailableError("the connection is closed"); }

absl::Status AsDetail(const absl::Status& error) {
  const absl::Status never_sent = NeverSent();
  if (error.code() == never_sent.code() && error.message() == never_sent.message()) return error;
  return Prefixed("Error: ", error);
}

absl::Status Prefixed(absl::string_view prefix, const absl::Status& error) {
  absl::Status prefixed(error.code(), absl::StrCat(prefix, error.message()));
  error.ForEachPayload([&prefixed](absl::string_view url, const absl::Cord& payload) {
    prefixed.SetPayload(url, payload);
  });
  return prefixed;
}

}  // namespace ipc
