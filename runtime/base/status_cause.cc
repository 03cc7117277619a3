#include "runtime/base/status_cause.h"

#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace ipc {
namespace {

// The cause's message is the payload of this name, its payloads are those behind this name.
constexpr absl::string_view kCause = "ipc/cause";
constexpr absl::string_view kOfCause = "ipc/cause/";

}  // namespace

void SetCause(absl::Status& error, const absl::Status& cause) {
  error.SetPayload(kCause, absl::Cord(cause.message()));
  cause.ForEachPayload([&error](absl::string_view name, const absl::Cord& payload) {
    error.SetPayload(absl::StrCat(kOfCause, name), payload);
  });
}

std::optional<absl::Status> CauseOf(const absl::Status& error) {
  absl::optional<absl::Cord> message = error.GetPayload(kCause);
  if (!message) return std::nullopt;
  absl::Status cause = absl::UnknownError(std::string(*message));
  error.ForEachPayload([&cause](absl::string_view name, const absl::Cord& payload) {
    if (absl::ConsumePrefix(&name, kOfCause)) cause.SetPayload(name, payload);
  });
  return cause;
}

}  // namespace ipc
