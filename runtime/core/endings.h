// The ends of a call that no handler decides: their codes and texts, in one place.
//
// On the wire, and in a Reply, an error's message is a DETAIL: "Error: " and what went wrong. The
// functions here say what went wrong; AsDetail() makes a DETAIL of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"

namespace ipc {

// ABORTED: its handler let go of the Responder.
absl::Status NeverSent();
absl::Status TooManyCalls(size_t limit);
absl::Status NoAnswerWithin(int64_t ms);
// Its caller's stop token was told.
absl::Status Cancelled();
// RESOURCE_EXHAUSTED: a synchronous caller was sent more than it can keep while it waits.
absl::Status TooMuchMeanwhile(size_t limit);
// UNAVAILABLE. `reason` is how the connection ended.
absl::Status PeerIsGone(const absl::Status& reason);
// UNAVAILABLE: this side has said goodbye.
absl::Status HasLeft();
// UNAVAILABLE: the frame that called, or was called, was removed while its renderer lives.
absl::Status FrameIsGone();

// With "Error: " before its message, but for NeverSent(), where Electron has none; code and
// payloads stay.
absl::Status AsDetail(const absl::Status& error);

// With `prefix` before its message; code and payloads stay.
absl::Status Prefixed(absl::string_view prefix, const absl::Status& error);

}  // namespace ipc
